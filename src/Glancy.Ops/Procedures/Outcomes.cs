using Glancy.Ops.Kernel;

namespace Glancy.Ops.Procedures;

/// <summary>What became of a request to draft a run.</summary>
public abstract record DraftOutcome
{
    private DraftOutcome() { }

    /// <summary>
    /// A draft stands; when it is <see cref="RunState.AwaitingSecond"/> the requester counted as the first person.
    /// </summary>
    public sealed record Drafted(Run Run) : DraftOutcome;

    /// <summary>A draft of the same thing waits already; nothing was added.</summary>
    public sealed record Waits(Run Run) : DraftOutcome;

    /// <summary>Not drafted; nothing happened.</summary>
    public sealed record Refused(Refusal Refusal) : DraftOutcome;
}

/// <summary>What became of a person's word on a run: confirm, abort, retry, skip, dismiss, tick.</summary>
public abstract record RunOutcome
{
    private RunOutcome() { }

    /// <summary>It is recorded; the run is as it stood right after.</summary>
    public sealed record Accepted(Run Run) : RunOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Refusal, Run? Run = null) : RunOutcome;

    /// <summary>The plan is no longer the one shown; a new draft stands in its place.</summary>
    public sealed record Replanned(Run Old, Run New) : RunOutcome;
}
