using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What can be said to a run, by how it stands.</summary>
public static class RunActions
{
    /// <param name="sev1">An open Sev-1 under which the run may be confirmed by one person; null when there is none.</param>
    public static IReadOnlyList<NextStep> Of(Run run, Phrasebook words, Incident? sev1)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(words);
        var kept = RunView.OldVersion(run, words);
        var mind = kept.IsEmpty ? kept : words["run.old-kept"] + words["page.label-separator"] + kept;
        var stuck = run.Steps.FirstOrDefault(s => s.State is not (StepState.Done or StepState.NothingToDo or StepState.Skipped))?.Id;
        return run.State switch
        {
            RunState.Draft or RunState.AwaitingSecond =>
            [
                new(words.Say(run.State == RunState.Draft ? "run.do-confirm" : "run.do-confirm-second", run.Name), $"glancy run confirm {run.Name} {run.Plan.Code}", Changes: true) { Mind = mind },
                .. sev1 is null ? Array.Empty<NextStep>() : [new(words.Say("break-glass.do", run.Name), $"glancy run confirm {run.Name} {run.Plan.Code} --break-glass --reason ...", Changes: true)],
                new(words["run.do-dismiss"], $"glancy run dismiss {run.Name} --reason ...", Changes: true),
            ],
            RunState.Paused when run.Pause == PauseReason.Manual =>
            [
                new(words["run.do-tick"], $"glancy run tick {run.Name} {stuck} --evidence ...", Changes: true),
                new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true),
            ],
            RunState.Paused =>
            [
                new(words["run.do-retry"], $"glancy run retry {run.Name}", Changes: true),
                new(words["run.do-skip"], $"glancy run skip {run.Name} {stuck} --reason ...", Changes: true),
                new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true),
            ],
            RunState.Confirmed or RunState.Running or RunState.Verifying =>
            [
                new(words["run.do-follow"], $"glancy run show {run.Name} --follow"),
                new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true),
            ],
            _ => [],
        };
    }
}
