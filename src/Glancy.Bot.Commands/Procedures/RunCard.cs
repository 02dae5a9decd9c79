using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// A run as its card: what it does or how far it is, who is asked, and the buttons, all on one screen of a phone. The
/// whole plan is behind a button (<see cref="RunView"/>).
/// </summary>
internal static class RunCard
{
    private static readonly StepState[] AtWork =
    [
        StepState.Started,
        StepState.Waiting,
        StepState.Failed,
        StepState.Unknown,
    ];

    /// <param name="confirmers">Who may confirm; null when it does not wait for that.</param>
    public static Page Page(Run run, Confirmers? confirmers, Names names, RunBeside beside)
    {
        var words = names.Words;
        var blocks = new List<Block>();
        blocks.AddRange(run.Open ? [new Block.Paragraph(RunFacts.Consequence(run, names))] : Progress(run, names));
        blocks.Add(
            new Block.Facts([
                .. beside.Left.Select(l => new Fact(
                    words["episode.nobodys-label"].In(Tone.Bad),
                    EpisodeView.Left(l, names)
                )),
                .. run.Open ? RunFacts.Beginning(run, names) : [],
                .. RunFacts.Standing(run, beside, names),
                .. RunFacts.Confirming(run, confirmers, names, brief: true),
                .. RunFacts.Times(run, words),
            ])
        );
        blocks.Add(
            new Block.Actions([
                .. RunView.Next(run, beside, words),
                .. RunActions.Of(run, names, confirmers?.Sev1),
                new NextStep(words[run.Open ? "run.see-plan" : "run.see-steps"], RunView.Whole(run)),
            ])
        );
        blocks.AddRange(run.Open ? RunView.Context(run, names) : []);
        blocks.AddRange(RunView.LeftToDo(run, names));
        if (run is { Ended: true, ConfirmedAt: not null })
        {
            blocks.Add(
                new Block.Tasks(words["run.steps"], [.. run.Plan.Steps.Select((s, i) => Task(run, s, i, names))])
            );
        }

        return new Page(RunView.Title(run, names), blocks) { Foot = words.Zone(), Whole = RunView.Whole(run) };
    }

    // It changes no more, so that what somebody has unfolded stays so.
    private static TaskLine Task(Run run, PlannedStep planned, int index, Names names)
    {
        var state = run.Steps.FirstOrDefault(s => s.Id == planned.Id)?.State ?? StepState.Pending;
        var line = StepNotes.Line(run, planned, index, names);
        return new TaskLine(
            line.Title,
            state switch
            {
                StepState.Done or StepState.NothingToDo or StepState.Skipped => TaskEnd.Done,
                StepState.Failed or StepState.Unknown => TaskEnd.Failed,
                _ => TaskEnd.Open,
            },
            names.Words.List(line.Notes.Where(note => note.Spans.All(s => s.Tone != Tone.Code)))
        );
    }

    // How far it is, and the steps that somebody may have to look at.
    private static IEnumerable<Block> Progress(Run run, Names names)
    {
        var words = names.Words;
        if (run.ConfirmedAt is null)
        {
            yield break;
        }

        var steps = run.Plan.Steps;
        var states = steps
            .Select(s => run.Steps.FirstOrDefault(r => r.Id == s.Id)?.State ?? StepState.Pending)
            .ToList();
        var over = states.Count(s => s is StepState.Done or StepState.NothingToDo or StepState.Skipped);
        yield return new Block.Paragraph(words.Say("run.progress", Text.FromInt64(over), Text.FromInt64(steps.Count)));
        if (run.Ended)
        {
            yield break;
        }

        var shown = Enumerable.Range(0, steps.Count).Where(i => AtWork.Contains(states[i])).ToList();
        if (shown.Count > 0)
        {
            yield return new Block.Steps([.. shown.Select(i => StepNotes.Line(run, steps[i], i, names))]);
        }
    }
}
