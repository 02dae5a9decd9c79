using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Words;

/// <summary>How runs and steps stand, each with a mark and a word.</summary>
internal static class RunWords
{
    /// <summary>The state; for a paused run with what it waits for.</summary>
    public static Text State(RunState state, PauseReason? pause, Phrasebook words)
    {
        var said = words
            .Of("state", state)
            .In(
                state switch
                {
                    RunState.Succeeded => Tone.Good,
                    RunState.Failed or RunState.Aborted => Tone.Bad,
                    RunState.Paused or RunState.Draft or RunState.AwaitingSecond => Tone.Warn,
                    _ => Tone.Strong,
                }
            );
        return state == RunState.Paused && pause is { } reason
            ? words.Say("page.in-brackets", said, words.Of("pause", reason))
            : said;
    }

    /// <summary>
    /// How a run stands; one that was put away is not one that was stopped, and one whose proofs were left out is not
    /// verified.
    /// </summary>
    public static Text State(Run run, Phrasebook words) =>
        (
            run switch
            {
                { Outcome.Code: "dismissed" } => words["state.dismissed"].In(Tone.Strong),
                { State: RunState.Succeeded, Outcome.Code: "unproven" } => words["state.succeeded-unproven"]
                    .In(Tone.Warn),
                _ => State(run.State, run.Pause, words),
            }
        ).As(SignalOf(run));

    // Red wants somebody now, yellow waits or is under way, green is verified, white is over.
    private static Signal SignalOf(Run run) =>
        run switch
        {
            { Outcome.Code: "dismissed" } => Signal.Quiet,
            { State: RunState.Succeeded, Outcome.Code: "unproven" } => Signal.Warn,
            { State: RunState.Succeeded } => Signal.Good,
            { State: RunState.Paused or RunState.Failed } => Signal.Bad,
            { State: RunState.Aborted, ConfirmedAt: not null } => Signal.Bad,
            { Ended: true } => Signal.Quiet,
            _ => Signal.Warn,
        };

    /// <summary>A step's mark.</summary>
    public static Text Mark(StepState state) =>
        (
            (Text)(
                state switch
                {
                    StepState.Pending => "·",
                    StepState.Started => "▶",
                    StepState.Waiting => "…",
                    StepState.Done => "✓",
                    StepState.NothingToDo => "=",
                    StepState.Skipped => "↷",
                    StepState.Failed => "✗",
                    _ => "?",
                }
            )
        ).In(
            state switch
            {
                StepState.Done or StepState.NothingToDo => Tone.Good,
                StepState.Failed => Tone.Bad,
                StepState.Unknown or StepState.Skipped => Tone.Warn,
                _ => Tone.Plain,
            }
        );

    /// <summary>One change of controlled state: current to desired.</summary>
    public static Text Change(PlannedChange change, Names names)
    {
        var words = names.Words;
        var current =
            change.Current.Count == 0
                ? words["run.value-unknown"]
                : Text.Join(words["run.or"], change.Current.Select(Text.FromString));
        var same = change.Current is [var only] && only == change.Desired;
        var said = same
            ? words.Say("run.change-none", names.Controlled(change.State), change.Desired)
            : words.Say("run.change", names.Controlled(change.State), current, change.Desired);
        return change.ByScript ? words.Say("page.in-brackets", said, words["run.by-script"]) : said;
    }
}
