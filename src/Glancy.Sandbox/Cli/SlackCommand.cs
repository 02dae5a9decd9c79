using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Cli;

/// <summary><c>slack</c>: types for a person, and gives Slack a bad day.</summary>
internal static class SlackCommand
{
    private static readonly string[] Kinds = [.. Enum.GetNames<SlackFaultKind>().Select(Dashed)];

    /// <param name="world">The world that a command line names.</param>
    public static Command Build(Func<ParseResult, RunningWorld> world, SandboxWords words)
    {
        return new Command("slack", words.Say("世界的 Slack。", "The world's Slack."))
        {
            Say(world, words),
            Plain(
                world,
                "deliveries",
                words.Say("最近投递给机器人的，JSON。", "What was delivered to the bot last, as JSON."),
                "/world/slack/deliveries"
            ),
            Fault(world, words),
        };
    }

    private static Command Say(Func<ParseResult, RunningWorld> world, SandboxWords words)
    {
        var person = new Argument<string>("person")
        {
            Description = words.Say("登录名或 Slack id。", "Login or Slack id."),
        };
        var typed = new Argument<string[]>("words")
        {
            Description = words.Say("输入的话；命令以 /glancy 开头。", "What is typed; a command begins with /glancy."),
            Arity = ArgumentArity.OneOrMore,
        };
        var channel = new Option<string>("--channel")
        {
            Description = words.Say("频道或会话的 id。", "Id of the channel or conversation."),
            DefaultValueFactory = _ => Team.OpsChannel,
        };
        var say = new Command("say", words.Say("以某人身份输入一行。", "Type a line as somebody."))
        {
            person,
            typed,
            channel,
        };
        say.SetAction(
            (parsed, token) =>
                world(parsed)
                    .SendAsync(
                        HttpMethod.Post,
                        $"/world/slack/say?person={Escaped(parsed.GetValue(person))}"
                            + $"&channel={Escaped(parsed.GetValue(channel))}"
                            + $"&text={Escaped(string.Join(' ', parsed.GetValue(typed) ?? []))}",
                        token
                    )
        );
        return say;
    }

    private static Command Fault(Func<ParseResult, RunningWorld> world, SandboxWords words)
    {
        var kind = new Argument<string>("kind").AcceptOnlyFromAmong(Kinds);
        var method = new Option<string?>("--method")
        {
            Description = words.Say(
                "只对这个方法的调用，例如 chat.postMessage；'respond' 是回应地址，'upload' 是文件。",
                "Only calls of this method, for example chat.postMessage; 'respond' for response addresses, 'upload' "
                    + "for files."
            ),
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = words.Say(
                "多慢或多晚；too-many 时是 Retry-After，0 则没有。",
                "How slow or late; for too-many the Retry-After, none when 0."
            ),
        };
        var times = new Option<int?>("--times")
        {
            Description = words.Say("几次；不给则直到关掉。", "How often; until it is switched off when left out."),
        };
        var on = new Command("on", words.Say("打开一个故障。", "Switch a fault on.")) { kind, method, seconds, times };
        on.SetAction(
            (parsed, token) =>
                world(parsed)
                    .SendAsync(
                        HttpMethod.Put,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"/world/slack/faults/{parsed.GetValue(kind)}?seconds={parsed.GetValue(seconds)}"
                                + $"&times={parsed.GetValue(times)?.ToString(CultureInfo.InvariantCulture)}"
                                + $"&method={Escaped(parsed.GetValue(method))}"
                        ),
                        token
                    )
        );
        var what = new Argument<string?>("kind") { Arity = ArgumentArity.ZeroOrOne }.AcceptOnlyFromAmong(Kinds);
        var off = new Command("off", words.Say("关掉一个故障，或全部。", "Switch a fault off, or all of them."))
        {
            what,
        };
        off.SetAction(
            (parsed, token) =>
                world(parsed).SendAsync(HttpMethod.Delete, $"/world/slack/faults/{parsed.GetValue(what)}", token)
        );
        return new Command("fault", words.Say("Slack 出什么错。", "What Slack does wrong."))
        {
            on,
            off,
            Plain(
                world,
                "list",
                words.Say("开着的故障，JSON。", "The faults that are on, as JSON."),
                "/world/slack/faults"
            ),
        };
    }

    private static Command Plain(Func<ParseResult, RunningWorld> world, string name, string description, string path)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, token) => world(parsed).SendAsync(HttpMethod.Get, path, token));
        return command;
    }

    private static string Escaped(string? value) => Uri.EscapeDataString(value ?? "");

    // LoseAnswer is typed as lose-answer.
    private static string Dashed(string name) =>
        string.Concat(
            name.Select(
                (c, i) =>
                    i > 0 && char.IsAsciiLetterUpper(c)
                        ? "-" + char.ToLowerInvariant(c)
                        : char.ToLowerInvariant(c).ToString()
            )
        );
}
