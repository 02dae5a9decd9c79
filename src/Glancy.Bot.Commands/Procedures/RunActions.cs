using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What can be said to a run, by how it stands.</summary>
internal static class RunActions
{
    private static readonly Text LineEnd = new([new Span("\n", Tone.Plain, Outside: false)]);

    /// <param name="sev1">An open Sev-1 under which the run may be confirmed by one person; null when there is
    /// none.</param>
    public static IReadOnlyList<NextStep> Of(Run run, Names names, Incident? sev1)
    {
        var words = names.Words;
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
                    Weight = Weight.Expected,
                    Mind = Mind(run, names),
                },
                .. sev1 is null
                    ? Array.Empty<NextStep>()
                    :
                    [
                        new(
                            words.Say("break-glass.do", run.Name),
                            $"glancy run confirm {run.Name} {run.Plan.Code} --break-glass --reason ...",
                            Changes: true
                        )
                        {
                            Weight = Weight.Grave,
                        },
                    ],
                new(words["run.do-dismiss"], $"glancy run dismiss {run.Name} --reason ...", Changes: true)
                {
                    Weight = Weight.Aside,
                },
            ],
            RunState.Paused when run.Pause == PauseReason.Manual =>
            [
                new(words["run.do-tick"], $"glancy run tick {run.Name} {stuck} --evidence ...", Changes: true)
                {
                    Weight = Weight.Expected,
                },
                Abort(run, words),
            ],
            RunState.Paused => WaysOn(run, stuck, words),
            RunState.Confirmed or RunState.Running or RunState.Verifying =>
            [
                new(words["run.do-follow"], $"glancy run show {run.Name} --follow"),
                Abort(run, words),
            ],
            _ => [],
        };
    }

    // What is to be known before it is confirmed; the dialog says no more than this.
    private static Text Mind(Run run, Names names)
    {
        var words = names.Words;
        var kept = RunFacts.OldVersion(run, words);
        Text[] known =
        [
            RunFacts.Consequence(run, names),
            kept.IsEmpty ? kept : words["run.old-kept"] + words["page.label-separator"] + kept,
            RunFacts.YoursToDo(run, words) ?? Text.Empty,
        ];
        return Text.Join(LineEnd, known.Where(line => !line.IsEmpty));
    }

    private static NextStep Abort(Run run, Phrasebook words) =>
        new(words["run.do-abort"], $"glancy run abort {run.Name} --reason ...", Changes: true)
        {
            Weight = Weight.Grave,
        };

    // What is safe by what the bot itself has read comes first, and stands out.
    private static NextStep[] WaysOn(Run run, string? stuck, Phrasebook words)
    {
        var retry = new NextStep(words["run.do-retry"], $"glancy run retry {run.Name}", Changes: true);
        var skip = new NextStep(words["run.do-skip"], $"glancy run skip {run.Name} {stuck} --reason ...", Changes: true)
        {
            Weight = Weight.Grave,
        };
        var abort = Abort(run, words);
        return StuckStep.Of(run)?.Advice switch
        {
            StuckAdvice.Skip => [skip with { Weight = Weight.Expected }, abort, retry],
            StuckAdvice.Look or StuckAdvice.Wait =>
            [
                new NextStep(words["run.do-look"], $"glancy run show {run.Name}") { Weight = Weight.Expected },
                abort,
                retry,
                skip,
            ],
            _ => [retry with { Weight = Weight.Expected }, skip, abort],
        };
    }
}
