using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Status;

/// <summary>
/// Reads everything there is to know at a glance, at once, so that one slow source delays it by itself only.
/// </summary>
public sealed class OverviewReader(
    HookSnapshots hooks,
    RedLights lights,
    TrainReader trains,
    OpenMattersReader matters,
    DutyRoster roster,
    VersionDesk versions,
    DeadLetterDesk deadLetters,
    TimeProvider clock
)
{
    public async Task<Overview> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = hooks.SharedAsync(cancellationToken);
        var train = trains.ReadAsync(cancellationToken);
        var open = matters.ReadAsync(cancellationToken);
        var red = lights.OpenAsync(cancellationToken);
        var duty = roster.OutlookAsync(clock.GetUtcNow(), cancellationToken);
        var version = versions.StatusAsync(cancellationToken);
        var givenUp = deadLetters.CountAsync(cancellationToken);
        await Task.WhenAll(snapshot, train, open, red, duty, version, givenUp);
        var (release, freeze) = await train;
        var (runs, leases, incidents, unreviewed, handover) = await open;
        return new Overview(
            await snapshot,
            release.OrNull(),
            release.WhyNot(),
            freeze,
            runs,
            await red,
            leases,
            (await duty).Now
        )
        {
            Changes = (await duty).InShift,
            GivenUp = await givenUp,
            Incidents = incidents,
            Unreviewed = unreviewed,
            Handover = handover,
            Versions = await version,
        };
    }
}
