using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Escalation;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>The forms of incidents (C3): opening one, and choosing the one a message belongs to.</summary>
public static class IncidentForms
{
    private const int LongestTitle = 200;

    /// <param name="proposed">What the red lights say; null for no proposal.</param>
    /// <param name="severity">What the person has said already; null for nothing.</param>
    /// <param name="title">What stands in the title at first: typed, or a message's words.</param>
    public static ModalView? Opening(
        AskedForm asked,
        CommandBook book,
        EscalationRules rules,
        SeverityProposal? proposed,
        Severity? severity,
        string? title,
        Phrasebook words
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(words);
        var choices = Enum.GetValues<Severity>()
            .Order()
            .Select(s =>
                (
                    SeverityName.Of(s),
                    words.Plain("slack.severity-option", Incident.LevelOf(s), words.Duration(rules.Of(s).Acknowledge))
                )
            )
            .ToList();
        var hint = proposed is null
            ? words.Plain("slack.not-proposed")
            : words.Plain(
                "slack.proposed",
                Incident.LevelOf(proposed.Severity),
                proposed.Hook,
                TimeText.Minute(proposed.Since)
            );
        return CommandForm.View(
            asked,
            book,
            words,
            new Dictionary<string, FormField>
            {
                ["severity"] = new(
                    choices,
                    (severity ?? proposed?.Severity) is { } first ? SeverityName.Of(first) : null,
                    hint
                ),
                ["title"] = new(Initial: title, Longest: LongestTitle),
            }
        );
    }

    /// <summary>Which of several: the newest first.</summary>
    /// <param name="asked">A command whose blank is <c>--incident ...</c>.</param>
    public static ModalView? Choosing(AskedForm asked, CommandBook book, IReadOnlyList<Incident> open, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(open);
        var choices = open.OrderByDescending(i => i.OpenedAt)
            .ThenByDescending(i => i.Id, StringComparer.Ordinal)
            .Select(i => (i.Id, $"{i.Id} {i.Level} {i.Title}"))
            .ToList();
        return CommandForm.View(asked, book, words, new Dictionary<string, FormField> { ["incident"] = new(choices) });
    }
}
