using Glancy.Ops.Hooks;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>What a gate says. Anything but passed holds the rung back (rule 9).</summary>
public enum GateState
{
    Passed,
    Failed,
    Unknown,
    NeedsAttestation,
}

/// <summary>One gate read for one segment.</summary>
/// <param name="Value">In the base unit of the limit; null when unknown, attested, or when the hook's light is the
/// condition.</param>
/// <param name="Limit">What must hold; null for a hook that must be green and for attestations.</param>
/// <param name="Segment"><c>total</c>, or the colour the reading is limited to.</param>
/// <param name="Light">The hook's light where that is the condition.</param>
/// <param name="Unknown">Why it is unknown, where a single measure is.</param>
public sealed record GateReading(
    Gate Gate,
    GateState State,
    double? Value,
    Threshold? Limit,
    string Segment,
    Light? Light,
    UnknownReason? Unknown
);
