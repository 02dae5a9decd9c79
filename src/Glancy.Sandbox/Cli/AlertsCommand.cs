using System.CommandLine;
using System.Globalization;

namespace Glancy.Sandbox.Cli;

/// <summary>
/// <c>alerts</c>: alerts fired in the world's Alertmanager, and ended again; whatever they are called, the bots hear of
/// them.
/// </summary>
internal static class AlertsCommand
{
    public static Command Build(Func<ParseResult, RunningWorld> world, SandboxWords words)
    {
        var name = new Argument<string>("name")
        {
            Description = words.Say("告警名，例如 ExportQueueHigh。", "The alert's name, for example ExportQueueHigh."),
        };
        var count = new Argument<int>("count")
        {
            Description = words.Say("几个实例。", "How many instances."),
            DefaultValueFactory = _ => 1,
        };
        var fire = new Command("fire", words.Say("触发一个告警。", "Fire an alert.")) { name, count };
        fire.SetAction(
            (parsed, token) =>
                world(parsed)
                    .SendAsync(
                        HttpMethod.Put,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"/world/alerts/"
                                + $"{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}?count={parsed.GetValue(count)}"
                        ),
                        token
                    )
        );
        var over = new Command("resolve", words.Say("结束它。", "End it.")) { name };
        over.SetAction(
            (parsed, token) =>
                world(parsed)
                    .SendAsync(
                        HttpMethod.Delete,
                        $"/world/alerts/{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}",
                        token
                    )
        );
        return new Command("alerts", words.Say("Alertmanager 里触发什么。", "What fires in Alertmanager."))
        {
            fire,
            over,
        };
    }
}
