using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Handovers;
using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Status;

/// <summary>Reads everything there is to know at a glance, at once, so that one slow source delays it by itself only.</summary>
public sealed class OverviewReader(
    HookSnapshots hooks,
    ReleaseTool releases,
    FreezeStore freezes,
    RunStore runs,
    RedLights lights,
    LeaseStore leases,
    IncidentStore incidents,
    HandoverStore handovers,
    DutyRoster roster,
    VersionDesk versions,
    DeadLetterDesk deadLetters,
    TimeProvider clock)
{
    public async Task<Overview> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = hooks.TakeAsync(cancellationToken);
        var release = releases.StatusAsync(cancellationToken);
        var freeze = freezes.GetAsync(cancellationToken);
        var open = runs.OpenAsync(cancellationToken);
        var red = lights.OpenAsync(cancellationToken);
        var changed = leases.OpenAsync(cancellationToken);
        var happening = incidents.OpenAsync(cancellationToken);
        var unreviewed = incidents.UnreviewedAsync(cancellationToken);
        var handover = handovers.NewestAsync(null, cancellationToken);
        var duty = roster.OutlookAsync(clock.GetUtcNow(), cancellationToken);
        var version = versions.StatusAsync(cancellationToken);
        var givenUp = deadLetters.CountAsync(cancellationToken);
        await Task.WhenAll(
            snapshot, release, freeze, open, red, changed, happening, unreviewed, handover, duty, version, givenUp);
        var (status, unknown) = await release;
        return new Overview(await snapshot, status, unknown, await freeze, await open, await red, await changed, (await duty).Now)
        {
            Changes = (await duty).InShift,
            GivenUp = await givenUp,
            Incidents = await happening,
            Unreviewed = await unreviewed,
            Handover = await handover,
            Versions = await version,
        };
    }
}
