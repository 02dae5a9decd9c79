using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What can be said to a run, by how it stands.</summary>
internal static class RunActions
{
    /// <param name="sev1">An open Sev-1 under which the run may be confirmed by one person; null when there is
    /// none.</param>
    public static IReadOnlyList<NextStep> Of(Run run, Phrasebook words, Incident? sev1)
    {
        var kept = RunView.OldVersion(run, words);
        var yours = RunView.YoursToDo(run, words) ?? Text.Empty;
        var mind = kept.IsEmpty
            ? yours
            : words["run.old-kept"] + words["page.label-separator"] + kept + (yours.IsEmpty ? yours : "\n" + yours);
        var stuck = run.Stuck?.Id;
        return run.State switch
        {
            RunState.Draft or RunState.AwaitingSecond =>
            [
                new(
                    words.Say(run.State == RunState.Draft ? "run.do-confirm" : "run.do-confirm-second", run.Name),
                    $"glancy run confirm {run.Name} {run.Plan.Code}",
                    Changes: true
                )
                {
                    Mind = mind,
                },
                .. sev1 is null
                    ? Array.Empty<NextStep>()
                    :
                    [
                        new(
                            words.Say("break-glass.do", run.Name),
                            $"glancy run confirm {run.Name} {run.Plan.Code} --break-glass --reason ...",
                            Changes: true
                        ),
                    ],
                new(words["run.do-dismiss"], $"glancy run dismiss {run.Name} --reason ...", Changes: true),
            ],
            RunState.Paused when run.Pause == PauseReason.Manual =>
            [
                new(words["run.do-tick"], $"glancy run tick {run.Name} {stuck} --evidence ...", Changes: true),
                new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true),
            ],
            RunState.Paused => WaysOn(run, stuck, words),
            RunState.Confirmed or RunState.Running or RunState.Verifying =>
            [
                new(words["run.do-follow"], $"glancy run show {run.Name} --follow"),
                new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true),
            ],
            _ => [],
        };
    }

    // What is safe by what the bot itself has read comes first.
    private static NextStep[] WaysOn(Run run, string? stuck, Phrasebook words)
    {
        var retry = new NextStep(words["run.do-retry"], $"glancy run retry {run.Name}", Changes: true);
        var skip = new NextStep(
            words["run.do-skip"],
            $"glancy run skip {run.Name} {stuck} --reason ...",
            Changes: true
        );
        var abort = new NextStep(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true);
        return StuckStep.Of(run)?.Advice switch
        {
            StuckAdvice.Skip => [skip, abort, retry],
            StuckAdvice.Look or StuckAdvice.Wait =>
            [
                new NextStep(words["run.do-look"], $"glancy run show {run.Name}"),
                abort,
                retry,
                skip,
            ],
            _ => [retry, skip, abort],
        };
    }
}
