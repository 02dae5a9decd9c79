using Glancy.Runbook.Hooks;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Releases;

/// <summary>
/// A list of gates. Each is exactly one of: <c>hook</c> (its light must be green, or with <c>limit</c> its measure must
/// keep it), <c>query</c> with a limit of its own, or <c>attest: true</c>.
/// </summary>
internal static class GateFields
{
    public static IReadOnlyList<Gate> Read(
        RunbookReading reading,
        Fields parent,
        string name,
        IReadOnlyList<Hook> hooks
    )
    {
        var gates = new List<Gate>();
        foreach (var fields in parent.Maps(name))
        {
            var id = fields.Id();
            if (id.Length > 0 && gates.Any(g => g.Id == id))
            {
                fields.Problem("id", "duplicate-id", "gate", id);
            }

            gates.Add(One(reading, fields, id, hooks));
            fields.Done();
        }

        return gates;
    }

    private static Gate One(RunbookReading reading, Fields fields, string id, IReadOnlyList<Hook> hooks)
    {
        var title = fields.Words("name");
        fields.Section();
        var attest = fields.Flag("attest", otherwise: false);
        if (new[] { attest, fields.Has("hook"), fields.Has("query") }.Count(kind => kind) != 1)
        {
            reading.Problem(fields.File, fields.Line, "gate-kind", id);
            fields.All();
            return new Gate(id, title, null, null, null, null, Attestation: true);
        }

        if (attest)
        {
            return new Gate(id, title, null, null, null, null, Attestation: true);
        }

        return fields.Has("hook") ? OnHook(fields, id, title, hooks) : OnQuery(reading, fields, id, title);
    }

    private static Gate OnHook(Fields fields, string id, Words title, IReadOnlyList<Hook> hooks)
    {
        var wanted = fields.Reference("hook", References.Hook);
        var hook = hooks.FirstOrDefault(h => h.Id == wanted);
        var named = fields.OptionalText("measure");
        var measure = hook?.Measures.FirstOrDefault(m => named is null || m.Id == named);
        if (hook is not null && named is not null && measure is null)
        {
            fields.Problem("measure", "unknown-measure", hook.Id, named);
        }

        if (!fields.Has("limit"))
        {
            if (named is not null)
            {
                fields.Problem("measure", "missing-field", "limit");
            }

            return new Gate(id, title, hook?.Id, null, null, null, Attestation: false);
        }

        if (measure is null)
        {
            fields.Text("limit");
            return new Gate(id, title, hook?.Id, named, null, null, Attestation: false);
        }

        // "green below 2.5 s" and "red above": a gate's limit says what is good.
        var limit = fields.Threshold("limit", measure.Unit);
        if (limit is not null && limit.Upward == measure.Red.Upward)
        {
            fields.Problem("limit", "limit-names-the-bad-side", limit.ToString());
        }

        return new Gate(id, title, hook?.Id, measure.Id, limit, null, Attestation: false);
    }

    private static Gate OnQuery(RunbookReading reading, Fields fields, string id, Words title)
    {
        var unit = MeasureFields.Unit(fields);
        var query = MeasureFields.Query(reading, fields);
        var (samples, minimum) = MeasureFields.Samples(reading, fields);
        var limit =
            fields.Threshold("limit", unit) ?? new Threshold(Comparison.AtMost, double.MaxValue, unit ?? Unit.Count);
        var own = new Measure
        {
            Id = id,
            Name = title,
            Query = query,
            Window = fields.SomeTime("window"),
            Hold = TimeSpan.Zero,
            Samples = samples,
            MinimumSamples = minimum,
            Unit = unit ?? Unit.Count,
            Red = limit.Negated,
            Yellow = null,
            Recovered = null,
            SegmentsByColour = MeasureFields.ByColour(fields, query),
        };
        return new Gate(id, title, null, null, limit, own, Attestation: false);
    }
}
