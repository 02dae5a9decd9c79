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
public sealed record Lease
{
    public required long Id { get; init; }

    /// <summary>Controlled state, for example <c>flag/glancy.lookup.force_basic</c> or <c>release/prod</c>.</summary>
    public required string Target { get; init; }

    /// <summary>What returns when it is taken back; that of the lease below it where there is one.</summary>
    public required string Prior { get; init; }

    public required string Value { get; init; }

    /// <summary>The person whose confirmation made the change.</summary>
    public required string Owner { get; init; }

    public required string Reason { get; init; }

    public required long? RunId { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required LeaseEnd? End { get; init; }

    public required string? EndedBy { get; init; }

    /// <summary>Hooks that are explained while it stands.</summary>
    public required IReadOnlyList<string> Affects { get; init; }

    /// <summary>
    /// Hooks and lines of SOPs whose recovery lets one person take it back; empty when there is no such rule.
    /// </summary>
    public required IReadOnlyList<string> Recovers { get; init; }

    /// <summary>Hook to light as they were seen last before the change; empty when nobody had looked.</summary>
    public required IReadOnlyDictionary<string, string> Lights { get; init; }

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
