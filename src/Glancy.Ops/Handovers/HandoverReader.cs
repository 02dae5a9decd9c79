using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Handovers;

/// <summary>Reads the fields of §3.1 from what they speak of. What cannot be reached is unknown and says so; the rest still comes.</summary>
public sealed class HandoverReader(
    HookSnapshots hooks, ReleaseTool releases, FreezeStore freezes, IncidentStore incidents, RunStore runs, LeaseStore leases, FollowUpStore followUps, DutyRoster roster, RunbookHolder runbook, TimeProvider clock)
{
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    /// <summary>How things stand now, for the handover at a boundary.</summary>
    public async Task<HandoverFacts> ReadAsync(DateTimeOffset boundary, CancellationToken cancellationToken)
    {
        var lights = hooks.TakeAsync(cancellationToken);
        var train = releases.StatusAsync(cancellationToken);
        var freeze = await freezes.GetAsync(cancellationToken);
        var happening = await incidents.OpenAsync(cancellationToken);
        var under = await runs.OpenAsync(cancellationToken);
        var changed = await leases.OpenAsync(cancellationToken);
        var open = await followUps.OpenAsync(cancellationToken);
        var before = await roster.HoldersAsync(boundary - Instant, cancellationToken);
        var after = await roster.PlannedAsync(boundary, cancellationToken);
        var now = clock.GetUtcNow();
        var duty = await roster.OutlookAsync(now < boundary ? now : boundary, cancellationToken);
        var (release, unknown) = await train;
        return new HandoverFacts(
            now,
            before.Shift.Id,
            after.Shift.Id,
            after.ShiftEnd,
            ByShift(before),
            ByShift(after),
            release is null ? null : new ReleaseFact(release.Batch, release.Weight, release.State),
            unknown,
            freeze?.Reason,
            [.. (await lights).Hooks.Select(Of)],
            [.. happening.Select(i => new IncidentFact(i.Id, i.Level, i.Title, i.OpenedAt, HandoverClean.OwnerOf(i, after)))],
            [.. under.Select(r => new RunFact(r.Name, new Words(Placeholders.Fill(r.Definition.Title.Zh, r.Arguments), Placeholders.Fill(r.Definition.Title.En, r.Arguments)), r.State.ToString()))],
            [.. changed.Select(l => new SwitchFact(l.Name, l.Target, l.Value, l.Owner, l.Since, l.Recovers))],
            open)
        {
            Changes = [.. duty.Changes.Where(c => c.At < after.ShiftEnd && !c.WithShift && runbook.Current.Roles[c.Role].ByShift)],
        };
    }

    private static HookFact Of(HookReading reading) => new(
        reading.Hook.Id,
        reading.Light,
        reading.Worst is { Value: { } value } worst ? Threshold.Format(value, worst.Measure.Unit) : null,
        reading.Measures.Any(m => m.Near),
        reading.ExplainedBy);

    private Dictionary<string, IReadOnlyList<string>> ByShift(OnCall onCall) => onCall.Holders
        .Where(h => runbook.Current.Roles[h.Key].ByShift)
        .ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.Select(p => p.Id)]);
}
