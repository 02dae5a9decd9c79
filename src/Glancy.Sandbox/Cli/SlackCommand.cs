using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Cli;

/// <summary><c>slack</c>: types for a person, and gives Slack a bad day.</summary>
internal static class SlackCommand
{
    private static readonly string[] Kinds = [.. Enum.GetNames<SlackFaultKind>().Select(Dashed)];

    /// <param name="world">The world that a command line names.</param>
    public static Command Build(Func<ParseResult, RunningWorld> world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new Command("slack", "The world's Slack.") { Say(world), Plain(world, "deliveries", "What was delivered to the bot last, as JSON.", "/world/slack/deliveries"), Fault(world) };
    }

    private static Command Say(Func<ParseResult, RunningWorld> world)
    {
        var person = new Argument<string>("person") { Description = "Login or Slack id." };
        var words = new Argument<string[]>("words") { Description = "What is typed; a command begins with /glancy.", Arity = ArgumentArity.OneOrMore };
        var channel = new Option<string>("--channel") { Description = "Id of the channel or conversation.", DefaultValueFactory = _ => Team.OpsChannel };
        var say = new Command("say", "Type a line as somebody.") { person, words, channel };
        say.SetAction((parsed, token) => world(parsed).SendAsync(
            HttpMethod.Post,
            $"/world/slack/say?person={Escaped(parsed.GetValue(person))}&channel={Escaped(parsed.GetValue(channel))}&text={Escaped(string.Join(' ', parsed.GetValue(words) ?? []))}",
            token));
        return say;
    }

    private static Command Fault(Func<ParseResult, RunningWorld> world)
    {
        var kind = new Argument<string>("kind").AcceptOnlyFromAmong(Kinds);
        var method = new Option<string?>("--method") { Description = "Only calls of this method, for example chat.postMessage; 'respond' for response addresses, 'upload' for files." };
        var seconds = new Option<double>("--seconds") { Description = "How slow or late; for too-many the Retry-After, none when 0." };
        var times = new Option<int?>("--times") { Description = "How often; until it is switched off when left out." };
        var on = new Command("on", "Switch a fault on.") { kind, method, seconds, times };
        on.SetAction((parsed, token) => world(parsed).SendAsync(
            HttpMethod.Put,
            string.Create(CultureInfo.InvariantCulture, $"/world/slack/faults/{parsed.GetValue(kind)}?seconds={parsed.GetValue(seconds)}&times={parsed.GetValue(times)?.ToString(CultureInfo.InvariantCulture)}&method={Escaped(parsed.GetValue(method))}"),
            token));
        var what = new Argument<string?>("kind") { Arity = ArgumentArity.ZeroOrOne }.AcceptOnlyFromAmong(Kinds);
        var off = new Command("off", "Switch a fault off, or all of them.") { what };
        off.SetAction((parsed, token) => world(parsed).SendAsync(HttpMethod.Delete, $"/world/slack/faults/{parsed.GetValue(what)}", token));
        return new Command("fault", "What Slack does wrong.") { on, off, Plain(world, "list", "The faults that are on, as JSON.", "/world/slack/faults") };
    }

    private static Command Plain(Func<ParseResult, RunningWorld> world, string name, string description, string path)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, token) => world(parsed).SendAsync(HttpMethod.Get, path, token));
        return command;
    }

    private static string Escaped(string? value) => Uri.EscapeDataString(value ?? "");

    // LoseAnswer is typed as lose-answer.
    private static string Dashed(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
