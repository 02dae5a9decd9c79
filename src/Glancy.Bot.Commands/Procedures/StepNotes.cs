using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Actions;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// One step of a run as lines: its title, the command a person would type, what it changes, what came of it.
/// </summary>
internal static class StepNotes
{
    // Worth a line of their own; the rest of the evidence is in the data.
    private static readonly string[] Shown =
    [
        "case",
        "status",
        "seconds",
        "trace_id",
        "exit",
        "rows",
        "open",
        HookExpect.WholeAt,
        "unmet",
        "ticked_by",
        "evidence",
        "skipped_by",
        "skip_reason",
    ];

    public static StepLine Line(Run run, PlannedStep planned, int index, Names names)
    {
        var words = names.Words;
        var step = run.Steps.FirstOrDefault(s => s.Id == planned.Id);
        var title = words.Say(
            "page.in-brackets",
            (Text)Placeholders.Fill(planned.Title.In(words.Culture), run.Arguments),
            planned.Id
        );
        if (
            planned.Effect == EffectClass.UnknownThenHuman
            && step?.State is null or StepState.Pending or StepState.Waiting
        )
        {
            title = words.Say("run.by-person", title);
        }

        var notes = new List<Text>();
        if (
            run.Open
            || step is { State: StepState.Pending or StepState.Failed or StepState.Unknown }
            || (step is { State: StepState.Waiting } && planned.Effect == EffectClass.UnknownThenHuman)
        )
        {
            Plan(planned, notes, names);
        }

        if (!run.Open && step is not null)
        {
            Outcome(step, notes, words);
        }

        return new StepLine(
            index + 1,
            run.Open || step is null ? Text.Empty : RunWords.Mark(step.State),
            run.Open || step is null ? title : title + Took(step, words),
            notes
        );
    }

    private static void Plan(PlannedStep planned, List<Text> notes, Names names)
    {
        if (planned.Command.Length > 0)
        {
            notes.Add(((Text)("$ " + planned.Command)).In(Tone.Code));
        }

        notes.AddRange(planned.Changes.Select(change => RunWords.Change(change, names)));
    }

    private static Text Took(RunStep step, Phrasebook words) =>
        step switch
        {
            { State: StepState.Done, StartedAt: { } started, FinishedAt: { } finished } => words.Say(
                "run.took",
                TimeText.Time(finished),
                words.Duration(finished - started)
            ),
            { State: StepState.NothingToDo } => words["run.nothing-to-do"],
            { State: StepState.Skipped } => words["run.skipped"],
            { State: StepState.Started or StepState.Waiting, StartedAt: { } started } => words.Say(
                "run.since",
                TimeText.Time(started)
            ),
            _ => Text.Empty,
        };

    private static Text Evidence(string name, string value, Phrasebook words) =>
        name == "open" ? LightWords.Several(value, words)
        : name == HookExpect.WholeAt
        && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? TimeText.Time(at)
        : value;

    private static void Outcome(RunStep step, List<Text> notes, Phrasebook words)
    {
        if (step.Outcome is { } outcome && step.State is StepState.Failed or StepState.Unknown or StepState.Waiting)
        {
            notes.Add(RefusalView.Words(step.Outcome, words));
        }

        if (step.Attempt > 1)
        {
            notes.Add(words.Say("run.attempt", Text.FromInt64(step.Attempt)));
        }

        var evidence = Shown
            .Where(name => step.Evidence.TryGetValue(name, out var value) && value.Length is > 0 and <= 200)
            .Select(name =>
                words.Say(
                    "run.evidence",
                    words["evidence." + name.Replace('_', '-')],
                    Evidence(name, step.Evidence[name], words)
                )
            )
            .ToList();
        if (evidence.Count > 0)
        {
            notes.Add(words.List(evidence).In(Tone.Dim));
        }

        if (step.State is StepState.Failed or StepState.Unknown && step.Evidence.TryGetValue("output", out var output))
        {
            notes.AddRange(
                output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5).Select(line => (Text)"| " + line)
            );
        }
    }
}
