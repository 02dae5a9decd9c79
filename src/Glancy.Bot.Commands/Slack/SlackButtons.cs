using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>
/// What can be said next, as buttons that say it: one stands out, red is what destroys, and what is seldom wanted is in
/// a menu beside them.
/// </summary>
internal static class SlackButtons
{
    private const string More = SlackPage.AskPrefix + "more";

    /// <param name="expected">Of the whole page what stands out; null for nothing.</param>
    public static IEnumerable<ActionsBlock> Rows(IReadOnlyList<NextStep> steps, NextStep? expected, Phrasebook words)
    {
        var aside = steps.Where(IsAside).Take(Limits.OverflowOptions).ToList();
        var buttons = steps
            .Except(aside)
            .Select(IActionElement (step, i) => Button(step, i, ReferenceEquals(step, expected), words))
            .ToList();
        if (aside.Count > 0)
        {
            buttons.Add(new Overflow(More, [.. aside.Select(Choice)]));
        }

        return buttons.Chunk(Limits.Actions).Select(row => new ActionsBlock([.. row]));
    }

    // A menu asks nothing once more, so what stands in one has a form that does.
    private static bool IsAside(NextStep step) =>
        step.Weight == Weight.Aside
        && CommandForm.HasBlanks(step.Command)
        && Limits.Length(step.Command) <= Limits.OptionValue;

    private static Option Choice(NextStep step) =>
        new(new PlainText(SlackText.Cut(step.Label.Plain, Limits.OptionText)), step.Command);

    // A view that asks is a second look of its own; a command that is whole gets a dialog that says what it does.
    private static Button Button(NextStep step, int number, bool expected, Phrasebook words)
    {
        var label = new PlainText(SlackText.Cut(step.Label.Plain, Limits.ButtonText));
        var style =
            step.Weight == Weight.Grave ? "danger"
            : expected ? "primary"
            : null;
        return CommandForm.HasBlanks(step.Command)
            ? new Button(label, Id(SlackPage.AskPrefix), step.Command, Style: style)
            : new Button(
                label,
                Id(SlackPage.SayPrefix),
                step.Command,
                Style: style,
                Confirm: step.Changes ? Asked(step, words) : null
            );

        string Id(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
    }

    private static Confirm Asked(NextStep step, Phrasebook words) =>
        new(
            new PlainText(SlackText.Cut(step.Label.Plain, Limits.ConfirmTitle)),
            new PlainText(
                SlackText.Cut(step.Mind.IsEmpty ? words["slack.form-acts"].Plain : step.Mind.Plain, Limits.ConfirmText)
            ),
            new PlainText(SlackText.Cut(step.Label.Plain, Limits.ConfirmButton)),
            new PlainText(words["slack.no"].Plain),
            step.Weight == Weight.Grave ? "danger" : "primary"
        );
}
