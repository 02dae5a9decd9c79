using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>What is to be drafted.</summary>
/// <param name="Asker">The person whose asking counts as the first confirmation; null when none does.</param>
public sealed record DraftRequest(
    Procedure Definition,
    IReadOnlyDictionary<string, string> Arguments,
    string Requester,
    string Reason,
    Person? Asker,
    DraftContext? Context,
    long? Episode
)
{
    /// <summary>What is looked at to draft it.</summary>
    public Decision Decision { get; init; } = new();

    /// <summary>The run in whose place the draft stands.</summary>
    public long? Replaces { get; init; }

    /// <summary>
    /// Until when it can be carried out: there is an old version to go back to as long (§2.2). Null where that has no
    /// end.
    /// </summary>
    public DateTimeOffset? OldKeptUntil { get; init; }

    /// <summary>A run that has had its effects, beside which it stands.</summary>
    public long? Beside { get; init; }

    /// <summary>
    /// Drafts behind which nobody on duty stands, as they were read; each ends in favour of this one.
    /// </summary>
    public IReadOnlyList<Run> TakesOver { get; init; } = [];
}
