using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Status;

/// <summary>What has begun and is not over.</summary>
/// <param name="Unreviewed">Uses of break-glass that nobody has reviewed.</param>
/// <param name="Handover">The newest, accepted or not; null where there was none.</param>
public sealed record OpenMatters(
    IReadOnlyList<Run> Runs,
    IReadOnlyList<Lease> Leases,
    IReadOnlyList<Incident> Incidents,
    IReadOnlyList<BreakGlassUse> Unreviewed,
    Handover? Handover
);

/// <summary>Reads what somebody still has to bring to its end: runs, leases, incidents, reviews, a handover.</summary>
public sealed class OpenMattersReader(
    RunStore runs,
    LeaseStore leases,
    IncidentStore incidents,
    HandoverStore handovers
)
{
    public async Task<OpenMatters> ReadAsync(CancellationToken cancellationToken)
    {
        var open = runs.OpenAsync(cancellationToken);
        var changed = leases.OpenAsync(cancellationToken);
        var happening = incidents.OpenAsync(cancellationToken);
        var unreviewed = incidents.UnreviewedAsync(cancellationToken);
        var handover = handovers.NewestAsync(null, cancellationToken);
        await Task.WhenAll(open, changed, happening, unreviewed, handover);
        return new OpenMatters(await open, await changed, await happening, await unreviewed, await handover);
    }
}
