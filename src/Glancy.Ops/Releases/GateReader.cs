using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>Evaluates the conditions of a rung (§4.1, §4.3).</summary>
public sealed class GateReader(IPrometheus prometheus)
{
    /// <summary>
    /// One reading per gate and segment, in the order of the ladder's file; the new colour is read apart while a batch
    /// is active. A window that began before the train moved last says nothing of how it stands now, so such a gate is
    /// unknown (rule 9); one that looks further back than a rung is observed is about the service over that time, and
    /// is read as it is.
    /// </summary>
    /// <param name="hooks">Readings of the same instant; a hook that is not among them is unknown.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; other trouble makes a gate
    /// unknown.</exception>
    public async Task<IReadOnlyList<GateReading>> ReadAsync(
        RunbookContent content,
        Rung rung,
        IReadOnlyList<HookReading> hooks,
        ReleaseStatus? release,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(rung);
        ArgumentNullException.ThrowIfNull(hooks);
        var reader = new MeasureReader(
            prometheus,
            TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone),
            at,
            cancellationToken
        );
        var own = rung
            .Gates.Where(g => g.Own is not null)
            .ToDictionary(g => g, g => g.Own is { } measure ? reader.Start(measure, release) : []);
        await Task.WhenAll(own.Values.SelectMany(tasks => tasks));
        var readings = new List<GateReading>();
        foreach (var gate in rung.Gates)
        {
            if (own.TryGetValue(gate, out var tasks))
            {
                readings.AddRange((await Task.WhenAll(tasks)).Select(t => Compare(gate, t.Reading, Early(t.Reading))));
            }
            else
            {
                readings.AddRange(FromHook(gate, hooks, Early));
            }
        }

        return readings;

        bool Early(MeasureReading reading) =>
            release is not null
            && reading.Measure.Window <= rung.Observation
            && !WholeWindow.LiesAfter(release.UpdatedAt, reading, at);
    }

    private static IEnumerable<GateReading> FromHook(
        Gate gate,
        IReadOnlyList<HookReading> hooks,
        Func<MeasureReading, bool> early
    )
    {
        if (gate.Attestation)
        {
            return [new GateReading(gate, GateState.NeedsAttestation, null, null, QueryText.Total, null, null)];
        }

        var hook = hooks.FirstOrDefault(h => h.Hook.Id == gate.Hook);
        if (gate.Limit is null)
        {
            var unfit = hook is { Light: Light.Green } && hook.Measures.Any(early);
            var light = unfit ? Light.Unknown : hook?.Light ?? Light.Unknown;
            return
            [
                new GateReading(
                    gate,
                    State(light),
                    null,
                    null,
                    QueryText.Total,
                    light,
                    unfit ? UnknownReason.WindowNotWhole : null
                ),
            ];
        }

        var measures = hook?.Measures.Where(m => m.Measure.Id == gate.MeasureId).ToList() ?? [];
        return measures.Count == 0
            ? [new GateReading(gate, GateState.Unknown, null, gate.Limit, QueryText.Total, null, UnknownReason.NoData)]
            : measures.Select(m => Compare(gate, m, early(m)));
    }

    private static GateState State(Light light) =>
        light switch
        {
            Light.Green => GateState.Passed,
            Light.Unknown => GateState.Unknown,
            _ => GateState.Failed,
        };

    // What holds so early may not hold of how the train stands now; what does not hold forbids the rung all the same.
    private static GateReading Compare(Gate gate, MeasureReading reading, bool early)
    {
        var state =
            reading.Value is not { } value ? GateState.Unknown
            : gate.Limit?.Holds(value) == true ? GateState.Passed
            : GateState.Failed;
        return state == GateState.Passed && early
            ? new GateReading(
                gate,
                GateState.Unknown,
                null,
                gate.Limit,
                reading.Segment,
                null,
                UnknownReason.WindowNotWhole
            )
            : new GateReading(gate, state, reading.Value, gate.Limit, reading.Segment, null, reading.Unknown);
    }
}
