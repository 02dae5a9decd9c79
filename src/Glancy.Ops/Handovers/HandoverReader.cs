using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Handovers;

/// <summary>
/// Reads the fields of §3.1 from what they speak of. What cannot be reached is unknown and says so; the rest still
/// comes.
/// </summary>
public sealed class HandoverReader(
    HookSnapshots hooks,
    HandoverTrain train,
    IncidentStore incidents,
    RunStore runs,
    LeaseStore leases,
    FollowUpStore followUps,
    HandoverDuty duty,
    TimeProvider clock
)
{
    /// <summary>How things stand now, for the handover at a boundary.</summary>
    public async Task<HandoverFacts> ReadAsync(DateTimeOffset boundary, CancellationToken cancellationToken)
    {
        var lights = hooks.TakeAsync(cancellationToken);
        var stands = train.ReadAsync(cancellationToken);
        var happening = await incidents.OpenAsync(cancellationToken);
        var under = await runs.OpenAsync(cancellationToken);
        var changed = await leases.OpenAsync(cancellationToken);
        var open = await followUps.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var shifts = await duty.ReadAsync(boundary, now, cancellationToken);
        var (release, freeze) = await stands;
        return new HandoverFacts
        {
            At = now,
            Before = shifts.Before.Shift.Id,
            Shift = shifts.After.Shift.Id,
            End = shifts.After.ShiftEnd,
            Outgoing = duty.ByShift(shifts.Before),
            Incoming = duty.ByShift(shifts.After),
            Release = release.OrNull() is { } known ? new ReleaseFact(known.Batch, known.Weight, known.State) : null,
            ReleaseUnknown = release.WhyNot(),
            Frozen = freeze,
            Hooks = [.. (await lights).Hooks.Select(Of)],
            Incidents =
            [
                .. happening.Select(i => new IncidentFact(
                    i.Id,
                    i.Level,
                    i.Title,
                    i.OpenedAt,
                    HandoverClean.OwnerOf(i, shifts.After)
                )),
            ],
            Runs =
            [
                .. under.Select(r => new RunFact(
                    r.Name,
                    new Words(
                        Placeholders.Fill(r.Definition.Title.Zh, r.Arguments),
                        Placeholders.Fill(r.Definition.Title.En, r.Arguments)
                    ),
                    r.State.ToString()
                )),
            ],
            Switches =
            [
                .. changed.Select(l => new SwitchFact(l.Name, l.Target, l.Value, l.Owner, l.Since, l.Recovers)),
            ],
            FollowUps = open,
            Changes = shifts.Changes,
        };
    }

    private static HookFact Of(HookReading reading) =>
        new(
            reading.Hook.Id,
            reading.Light,
            reading.Worst is { Value: { } value } worst ? Threshold.Format(value, worst.Measure.Unit) : null,
            reading.Measures.Any(m => m.Near),
            reading.ExplainedBy
        );
}
