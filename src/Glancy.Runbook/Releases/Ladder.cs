using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Releases;

/// <summary>The canary ladder REL-B0..B5 (§4.1).</summary>
/// <param name="ThawAfter">How long everything has to be steady after a rollback before the train may move again
/// (§4.4.6).</param>
public sealed record Ladder(IReadOnlyList<Rung> Rungs, TimeSpan ThawAfter)
{
    public Rung? Find(string batch) =>
        Rungs.FirstOrDefault(r => string.Equals(r.Batch, batch, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The rung of the batch that carries traffic; null when none does: one that was rolled back carries none.
    /// </summary>
    /// <param name="weight">Per cent of traffic on the batch.</param>
    public Rung? Current(string? batch, double weight) => batch is not null && weight > 0 ? Find(batch) : null;

    /// <summary>The rung above, or null at the top.</summary>
    public Rung? Next(string batch)
    {
        for (var i = 0; i < Rungs.Count - 1; i++)
        {
            if (string.Equals(Rungs[i].Batch, batch, StringComparison.OrdinalIgnoreCase))
            {
                return Rungs[i + 1];
            }
        }

        return null;
    }
}

/// <summary>One rung of the ladder.</summary>
public sealed record Rung
{
    public required string Batch { get; init; }

    /// <summary>Per cent of traffic on the new colour.</summary>
    public required double Weight { get; init; }

    /// <summary>False for REL-B0, which stays in staging.</summary>
    public required bool Production { get; init; }

    public required Words Audience { get; init; }

    /// <summary>How long the rung is watched before the next.</summary>
    public required TimeSpan Observation { get; init; }

    /// <summary>Which way back the ladder asks for when this rung breaks.</summary>
    public required RollbackWay Rollback { get; init; }

    /// <summary>The batch a one-rung rollback returns to; null for the full way.</summary>
    public required string? BackTo { get; init; }

    public required string Section { get; init; }

    public required IReadOnlyList<Gate> Gates { get; init; }

    /// <summary>
    /// The switch that goes with this rung's way back: B3 pauses Free (§4.1); null where nothing is paused.
    /// </summary>
    public FlagSetting? Pauses { get; init; }

    /// <summary>
    /// A rollback that takes longer offers DR-05 and DR-01 (§4.1 B5: 30 min); null where the source sets no limit.
    /// </summary>
    public TimeSpan? RestoreWithin { get; init; }
}

/// <summary>A flag and the value to give it.</summary>
public sealed record FlagSetting(string Flag, string Value);

public enum RollbackWay
{
    Full,
    OneRung,
}

/// <summary>
/// A condition of a rung: a hook that must be green, a hook's measure under the rung's own limit, a query of its own,
/// or a person's attestation.
/// </summary>
/// <param name="Hook">A hook id; with <paramref name="Limit"/> its first (or named) measure is compared, without it the
/// light must be green.</param>
/// <param name="Limit">What must hold for the gate to pass.</param>
/// <param name="Own">A query of the gate's own, as a measure whose red is the negation of the limit; null
/// otherwise.</param>
/// <param name="Attestation">True when only a person can say so.</param>
public sealed record Gate(
    string Id,
    Words Name,
    string? Hook,
    string? MeasureId,
    Threshold? Limit,
    Measure? Own,
    bool Attestation
);
