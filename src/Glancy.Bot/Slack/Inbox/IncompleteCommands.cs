using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Incidents;
using Glancy.Runbook.Escalation;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>What was typed of a command whose form asks for the rest.</summary>
/// <param name="Line">The command with blanks for what it lacks.</param>
/// <param name="Severity">Null where none was typed.</param>
/// <param name="Title">The words after it; empty or null where there are none.</param>
internal sealed record IncompleteCommand(string Verbs, string Line, Severity? Severity = null, string? Title = null);

/// <summary>Recognises a typed command that still lacks words, so that a form can ask for them.</summary>
internal sealed class IncompleteCommands(CommandGrammar grammar, CommandBooks books)
{
    public const string IncidentOpen = "incident open";

    /// <summary>Null when it is whole, or something else is wrong with it.</summary>
    public IncompleteCommand? Of(SlashCommand command)
    {
        var typed = SlackText.Unescape(command.Text);
        var reading = grammar.ReadLine(typed);
        return reading
                is Reading.NotUnderstood
                {
                    Refusal.Code: "missing-argument" or "bad-severity",
                    About.Verbs: IncidentOpen,
                }
            && Opening(typed) is { } opening
                ? opening
            : MissingWords.Line(reading) is { } line && reading is Reading.NotUnderstood { About: { } about }
                ? new IncompleteCommand(about.Verbs, line)
            : null;
    }

    // Whatever follows the verbs is its title, where no severity is.
    private IncompleteCommand? Opening(string typed)
    {
        if (Argv.Split(typed) is not { } argv || argv.Any(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            return null;
        }

        var rest = argv.Skip(argv.Count > 1 && books.Current.Find($"{argv[0]} {argv[1]}") is not null ? 2 : 1).ToList();
        var severity = rest.Count > 0 && SeverityName.TryParse(rest[0], out var said) ? said : (Severity?)null;
        return new IncompleteCommand(
            IncidentOpen,
            IncidentListView.OpenForm,
            severity,
            string.Join(' ', rest.Skip(severity is null ? 0 : 1))
        );
    }
}
