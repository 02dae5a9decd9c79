using Glancy.Ops.Kernel;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

public enum RunState
{
    Draft,
    AwaitingSecond,
    Confirmed,
    Running,
    Paused,
    Verifying,
    Succeeded,
    Aborted,
    Superseded,
    Expired,
    Failed,
}

/// <summary>Why a run is paused; each asks something different of the person.</summary>
public enum PauseReason
{
    /// <summary>An effect may or may not have happened.</summary>
    Unknown,

    /// <summary>Controlled state is neither what our steps predict nor what is wanted.</summary>
    Drift,

    /// <summary>A step said no.</summary>
    Failed,

    /// <summary>The effects are done, the proof is missing.</summary>
    Unverified,

    /// <summary>A person is to do something and say so.</summary>
    Manual,
}

public enum StepState
{
    Pending,
    Started,
    Waiting,
    Done,
    NothingToDo,
    Skipped,
    Failed,
    Unknown,
}

/// <summary>A run as it is stored.</summary>
public sealed record Run
{
    /// <summary>Shown as <c>R-17</c>.</summary>
    public required long Id { get; init; }

    public required Procedure Definition { get; init; }

    public required string RunbookVersion { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required Plan Plan { get; init; }

    public required RunState State { get; init; }

    public required PauseReason? Pause { get; init; }

    /// <summary>A person's id, or <see cref="Actor.Bot"/>.</summary>
    public required string RequestedBy { get; init; }

    public required string Reason { get; init; }

    /// <summary>What the drafter knew: the red hook, since when, what changed in the hour before.</summary>
    public required DraftContext? Context { get; init; }

    public required long? EpisodeId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? ConfirmedAt { get; init; }

    public required DateTimeOffset? EffectsEndedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Code of how it ended or why it is paused, with arguments; worded by the one who shows it.</summary>
    public required Refusal? Outcome { get; init; }

    public required string? AbortRequestedBy { get; init; }

    public required long? SupersededBy { get; init; }

    /// <summary>The audit head that was last anchored on the bastion by this run, as <c>seq:hash</c>.</summary>
    public required string? Anchor { get; init; }

    public required long Epoch { get; init; }

    public required IReadOnlyList<RunStep> Steps { get; init; }

    public required IReadOnlyList<Confirmation> Confirmations { get; init; }

    /// <summary>How it was confirmed in place of a second person; null for an ordinary confirmation.</summary>
    public BreakGlassUse? BreakGlass { get; init; }

    /// <summary>
    /// Until when the old version is kept that a rollback goes back to (§2.2), as it was known when it was drafted;
    /// null where that has no end.
    /// </summary>
    public DateTimeOffset? OldKeptUntil { get; init; }

    public string Name => "R-" + Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whose it is: the person whose confirmation made it run, before that the one who asked for it.</summary>
    public string Owner => Confirmations.Count > 0 ? Confirmations[^1].Person : RequestedBy;

    public bool Ended => State >= RunState.Succeeded;

    /// <summary>The step it stands at: the first that is not settled; null when all are.</summary>
    public RunStep? Stuck =>
        Steps.FirstOrDefault(s => s.State is not (StepState.Done or StepState.NothingToDo or StepState.Skipped));

    public bool Open => State is RunState.Draft or RunState.AwaitingSecond;
}

/// <summary>A step of a run as it is stored.</summary>
public sealed record RunStep
{
    public required int Ordinal { get; init; }

    public required string Id { get; init; }

    public required StepState State { get; init; }

    public required int Attempt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public Refusal? Outcome { get; init; }

    /// <summary>What was seen: exit code, trace id, readings, output tail; names to values.</summary>
    public required IReadOnlyDictionary<string, string> Evidence { get; init; }
}

/// <summary>One person's confirmation of one run.</summary>
/// <param name="Role">The role in which the person confirmed; null when present as the second person only.</param>
public sealed record Confirmation(string Person, string? Role, DateTimeOffset At);

/// <summary>What a draft by the bot explains.</summary>
/// <param name="Hook">The hook that turned red.</param>
/// <param name="ChangesBefore">What changed in the hour before, the train first, then newest first (rule 8).</param>
public sealed record DraftContext(
    string Hook,
    DateTimeOffset FirstRedAt,
    string Value,
    string Limit,
    IReadOnlyList<ChangeBefore> ChangesBefore
)
{
    /// <summary>Id of the measure that was red; null where an older release drafted.</summary>
    public string? Measure { get; init; }

    /// <summary>The segment in which it was read: <c>total</c>, or a colour.</summary>
    public string? Segment { get; init; }
}

/// <summary>A change of production as the product's own audit knows it.</summary>
public sealed record ChangeBefore(
    DateTimeOffset At,
    string Actor,
    string Action,
    string Target,
    string? Before,
    string? After
);

/// <summary>One line of a run's history.</summary>
/// <param name="Kind">State or step transition, for example <c>run-confirmed</c>, <c>step-started</c>,
/// <c>step-done</c>.</param>
public sealed record RunEvent(
    long Seq,
    DateTimeOffset At,
    string Actor,
    string Kind,
    string? Step,
    IReadOnlyDictionary<string, string> Detail
);
