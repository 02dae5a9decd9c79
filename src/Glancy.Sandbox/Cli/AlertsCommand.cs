using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Glancy.Sandbox.Cli;

/// <summary><c>alerts</c>: alerts fired in the world's Alertmanager, and ended again; whatever they are called, the bots hear of them.</summary>
public static class AlertsCommand
{
    public static Command Build(Func<ParseResult, RunningWorld> world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var name = new Argument<string>("name") { Description = "The alert's name, for example ExportQueueHigh." };
        var count = new Argument<int>("count") { Description = "How many instances.", DefaultValueFactory = _ => 1 };
        var fire = new Command("fire", "Fire an alert.") { name, count };
        fire.SetAction((parsed, token) => world(parsed).SendAsync(
            HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/world/alerts/{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}?count={parsed.GetValue(count)}"), token));
        var over = new Command("resolve", "End it.") { name };
        over.SetAction((parsed, token) => world(parsed).SendAsync(HttpMethod.Delete, $"/world/alerts/{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}", token));
        return new Command("alerts", "What fires in Alertmanager.") { fire, over };
    }
}
