using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Patrols;
using static System.FormattableString;

namespace Glancy.Ops.Patrols;

/// <summary>Looks at what a patrol looks at. What cannot be read is unknown, never green.</summary>
public sealed class PatrolReader(
    HookSnapshots hooks,
    GateReader gates,
    ReleaseTool releases,
    ProductDatabase product,
    RunbookHolder runbook
)
{
    /// <summary>The line that says whether <c>release_batches</c> says what the release tool says.</summary>
    public const string Record = "release_batches / releasectl";

    // Among so many rows there is one of a promotion or a rollback.
    private const int Newest = 20;

    /// <summary>How things stand at an instant; unknown without a line where a person has to look.</summary>
    public async Task<(PatrolResult Result, IReadOnlyList<PatrolLine> Lines)> LookAsync(
        Patrol patrol,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(patrol);
        if (patrol.ByPerson)
        {
            return (PatrolResult.Unknown, []);
        }

        var content = runbook.Current;
        var status = patrol.AfterRelease is null ? null : (await releases.StatusAsync(cancellationToken)).OrNull();
        var rung = content.Ladder.Current(status?.Batch, status?.Weight ?? 0);
        var own = new Hook(patrol.Id, patrol.Title, patrol.Section, "", false, patrol.Measures);
        var asked = patrol.Hooks.Concat(rung?.Gates.Select(g => g.Hook) ?? []).ToHashSet();
        var looked = content
            .Hooks.Where(h => asked.Contains(h.Id))
            .Concat(patrol.Measures.Count > 0 ? [own] : [])
            .ToList();
        var readings = await hooks.ReadAsync(content with { Hooks = looked }, at, cancellationToken);
        List<PatrolLine> lines =
        [
            .. readings.Where(r => patrol.Hooks.Contains(r.Hook.Id)).SelectMany(Line),
            .. readings
                .Where(r => ReferenceEquals(r.Hook, own))
                .SelectMany(r => r.Measures.Select(m => Line(m.Measure.Id, m.Measure.Name, m, m.Light, m.Near, r))),
        ];
        if (rung is not null)
        {
            // A gate whose window is not whole yet says nothing of this change; the page of the train says from when it
            // does.
            var read = (await gates.ReadAsync(content, rung, readings, status, at, cancellationToken)).Where(g =>
                g.Unknown != UnknownReason.WindowNotWhole
            );
            lines.AddRange(
                read.GroupBy(g => g.Gate)
                    .Select(gate => Worst(gate, readings.FirstOrDefault(r => r.Hook.Id == gate.Key.Hook)?.ExplainedBy))
            );
        }
        else if (status is { Batch: { } unknown, Weight: > 0 })
        {
            // A batch that the ladder does not know has conditions that nobody knows.
            lines.Add(new PatrolLine("rung", new Words(unknown, unknown), Light.Unknown, null, "", false, null));
        }

        if (patrol.AfterRelease is not null)
        {
            lines.Add(Recorded(status, await product.BatchesAsync(Newest, cancellationToken)));
        }

        return (lines.Select(l => l.Result).DefaultIfEmpty(PatrolResult.Unknown).Max(), lines);
    }

    private static IEnumerable<PatrolLine> Line(HookReading hook) =>
        hook.Worst is { } worst
            ? [Line(hook.Hook.Id, hook.Hook.Name, worst, hook.Light, hook.Measures.Any(m => m.Near), hook)]
            : [];

    private static PatrolLine Line(
        string id,
        Words name,
        MeasureReading measure,
        Light light,
        bool near,
        HookReading of
    ) =>
        new(
            id,
            name,
            light,
            measure.Value is { } value ? Threshold.Format(value, measure.Measure.Unit) : null,
            measure.Measure.Red.ToString(),
            near,
            of.ExplainedBy
        );

    // A rung whose gate does not hold is one to go back from (§4.1), so it is red whatever the hook's own light; of a
    // gate read for several colours the worst counts.
    private static PatrolLine Worst(IEnumerable<GateReading> gate, string? explainedBy) =>
        gate.Select(g => new PatrolLine(
                g.Gate.Id,
                g.Gate.Name,
                g.State switch
                {
                    GateState.Passed => Light.Green,
                    GateState.Failed => Light.Red,
                    _ => Light.Unknown,
                },
                g is { Value: { } value, Limit: { } limit } ? Threshold.Format(value, limit.Unit) : null,
                g.Limit?.Negated.ToString() ?? "",
                false,
                explainedBy
            )
            {
                Attested = g.State == GateState.NeedsAttestation,
            })
            .OrderByDescending(l => l.Result)
            .First();

    // The newest row is a rollback's with the weight it went back to, or a promotion's; either has the weight the tool
    // has now (§4.1).
    private static PatrolLine Recorded(ReleaseStatus? status, IReadOnlyList<BatchRecord>? newest)
    {
        if (status is null || newest is null)
        {
            return new PatrolLine(Record, new Words(Record, Record), Light.Unknown, null, "", false, null);
        }

        var row = newest.FirstOrDefault(r => r.Kind is "promote" or "rollback");
        var same =
            row is not null
            && (double?)row.Weight == status.Weight
            && (row.Kind != "promote" || row.Batch == status.Batch);
        var recorded =
            row is null ? "-"
            : row.Weight is null ? Invariant($"{row.Kind} {row.Batch} {row.State}")
            : Invariant($"{row.Kind} {row.Batch} {row.Weight:0.###} %");
        var both = Invariant($"{recorded} {(same ? "=" : "≠")} {status.Batch ?? "-"} {status.Weight:0.###} %");
        return new PatrolLine(
            Record,
            new Words(Record, Record),
            same ? Light.Green : Light.Yellow,
            both,
            "",
            false,
            null
        );
    }
}
