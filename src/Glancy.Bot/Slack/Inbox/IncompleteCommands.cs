using Glancy.Bot.Commands.Grammar;
using Glancy.Runbook.Escalation;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>What was typed of a command whose form asks for the rest.</summary>
/// <param name="Severity">Null where none was typed.</param>
/// <param name="Title">The words after it; empty or null where there are none.</param>
internal sealed record IncompleteCommand(string Verbs, Severity? Severity, string? Title);

/// <summary>Recognises a typed command that still lacks words and has a form to ask for them.</summary>
internal sealed class IncompleteCommands(CommandGrammar grammar, CommandBooks books)
{
    public const string HandoverAdd = "handover add";
    private const string IncidentOpen = "incident open";

    /// <summary>Null when it is whole, or something else is wrong with it.</summary>
    public IncompleteCommand? Of(SlashCommand command)
    {
        var typed = SlackText.Unescape(command.Text);
        if (
            grammar.ReadLine(typed)
                is not Reading.NotUnderstood
                {
                    Refusal.Code: "missing-argument" or "bad-severity",
                    About: { Verbs: (HandoverAdd or IncidentOpen) and var verbs },
                }
            || Argv.Split(typed) is not { } argv
            || argv.Any(w => w.StartsWith("--", StringComparison.Ordinal))
        )
        {
            return null;
        }

        var rest = argv.Skip(argv.Count > 1 && books.Current.Find($"{argv[0]} {argv[1]}") is not null ? 2 : 1).ToList();
        var severity = rest.Count > 0 && SeverityName.TryParse(rest[0], out var said) ? said : (Severity?)null;
        return new IncompleteCommand(verbs, severity, string.Join(' ', rest.Skip(severity is null ? 0 : 1)));
    }
}
