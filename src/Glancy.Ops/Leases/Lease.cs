using Glancy.Ops.Hooks;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Leases;

/// <summary>How a lease ended.</summary>
public enum LeaseEnd
{
    /// <summary>The value before it was set again by a run.</summary>
    Reverted,

    /// <summary>Another lease on the target stands above it, so nothing had to be set.</summary>
    Released,

    /// <summary>The value stays as it is, by a person's word.</summary>
    Kept,
}

/// <summary>A temporary change of ours (rule 7).</summary>
/// <param name="Target">Controlled state, for example <c>flag/glancy.lookup.force_basic</c> or
/// <c>release/prod</c>.</param>
/// <param name="Prior">What returns when it is taken back; that of the lease below it where there is one.</param>
/// <param name="Owner">The person whose confirmation made the change.</param>
/// <param name="Affects">Hooks that are explained while it stands.</param>
/// <param name="Recovers">Hooks and lines of SOPs whose recovery lets one person take it back; empty when there is no
/// such rule.</param>
/// <param name="Lights">Hook to light as they were seen last before the change; empty when nobody had looked.</param>
public sealed record Lease(
    long Id,
    string Target,
    string Prior,
    string Value,
    string Owner,
    string Reason,
    long? RunId,
    DateTimeOffset Since,
    DateTimeOffset? EndedAt,
    LeaseEnd? End,
    string? EndedBy,
    IReadOnlyList<string> Affects,
    IReadOnlyList<string> Recovers,
    IReadOnlyDictionary<string, string> Lights
)
{
    public string Name => LeaseName.Of(Id);

    /// <summary>
    /// It is a switch (<see cref="ITarget.IsSwitch"/>); what is none stays until something that adds risk takes it
    /// back.
    /// </summary>
    public required bool IsSwitch { get; init; }

    /// <summary>What stands by it: <c>flag=value</c>, <c>REL-B3 0%</c>.</summary>
    public required string Says { get; init; }

    /// <summary>The lights that it explains.</summary>
    public Explanation Explanation => new(Says, Affects, Since, EndedAt);
}
