using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Releases;

/// <summary>Evaluates the conditions of a rung (§4.1, §4.3).</summary>
public sealed class GateReader(IPrometheus prometheus)
{
    /// <summary>
    /// One reading per gate and segment, in the order of the ladder's file; the new colour is read apart while a batch is active.
    /// </summary>
    /// <param name="hooks">Readings of the same instant; a hook that is not among them is unknown.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; other trouble makes a gate unknown.</exception>
    public async Task<IReadOnlyList<GateReading>> ReadAsync(
        RunbookContent content,
        Rung rung,
        IReadOnlyList<HookReading> hooks,
        ReleaseStatus? release,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(rung);
        ArgumentNullException.ThrowIfNull(hooks);
        var reader = new MeasureReader(prometheus, TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone), at, cancellationToken);
        var own = rung.Gates.Where(g => g.Own is not null).ToDictionary(g => g, g => g.Own is { } measure ? reader.Start(measure, release) : []);
        await Task.WhenAll(own.Values.SelectMany(tasks => tasks));
        var readings = new List<GateReading>();
        foreach (var gate in rung.Gates)
        {
            if (own.TryGetValue(gate, out var tasks))
            {
                readings.AddRange((await Task.WhenAll(tasks)).Select(t => Compare(gate, t.Reading)));
            }
            else
            {
                readings.AddRange(FromHook(gate, hooks));
            }
        }

        return readings;
    }

    private static IEnumerable<GateReading> FromHook(Gate gate, IReadOnlyList<HookReading> hooks)
    {
        if (gate.Attestation)
        {
            return [new GateReading(gate, GateState.NeedsAttestation, null, null, QueryText.Total, null, null)];
        }

        var hook = hooks.FirstOrDefault(h => h.Hook.Id == gate.Hook);
        if (gate.Limit is null)
        {
            var light = hook?.Light ?? Light.Unknown;
            return [new GateReading(gate, State(light), null, null, QueryText.Total, light, null)];
        }

        var measures = hook?.Measures.Where(m => m.Measure.Id == gate.MeasureId).ToList() ?? [];
        return measures.Count == 0
            ? [new GateReading(gate, GateState.Unknown, null, gate.Limit, QueryText.Total, null, UnknownReason.NoData)]
            : measures.Select(m => Compare(gate, m));
    }

    private static GateState State(Light light) => light switch
    {
        Light.Green => GateState.Passed,
        Light.Unknown => GateState.Unknown,
        _ => GateState.Failed,
    };

    private static GateReading Compare(Gate gate, MeasureReading reading)
    {
        var state = reading.Value is not { } value ? GateState.Unknown
            : gate.Limit?.Holds(value) == true ? GateState.Passed
            : GateState.Failed;
        return new GateReading(gate, state, reading.Value, gate.Limit, reading.Segment, null, reading.Unknown);
    }
}
