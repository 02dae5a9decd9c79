using System.Globalization;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Alerts;

/// <summary>
/// The lines of an SOP that look at something: a hook's measure, a measure of their own, or what only a person sees.
/// </summary>
internal static class SopLines
{
    private const string Verify = "verify";

    public static IEnumerable<SopLine> Read(
        RunbookReading reading,
        Fields sop,
        string sopId,
        string column,
        IReadOnlyList<Hook> hooks
    )
    {
        var ids = new HashSet<string>();
        foreach (var fields in sop.Maps(column))
        {
            var id = fields.Id();
            if (id.Length > 0 && !ids.Add(id))
            {
                fields.Problem("id", "duplicate-id", column, id);
            }

            var line =
                fields.Has("hook") ? OfHook(fields, id, hooks, column)
                : fields.Has("query") ? Own(reading, fields, id, column)
                : new SopLine(id, fields.Words("name"), null, null, 0);
            if (
                column == Verify
                && !reading.Knows(References.SopLine, SopLine.Named(sopId, id))
                && (fields.Has("hook") || fields.Has("query"))
            )
            {
                reading.Declare(References.SopLine, SopLine.Named(sopId, id), fields.File, fields.LineOf("id"));
            }

            fields.Done();
            yield return line;
        }
    }

    private static SopLine OfHook(Fields fields, string id, IReadOnlyList<Hook> hooks, string column)
    {
        var wanted = fields.Reference("hook", References.Hook);
        var named = fields.Text("measure");
        var hook = hooks.FirstOrDefault(h => h.Id == wanted);
        var measure = hook?.Measures.FirstOrDefault(m => m.Id == named);
        if (hook is not null && named.Length > 0 && measure is null)
        {
            fields.Problem("measure", "unknown-measure", hook.Id, named);
        }

        var good = column == Verify ? fields.OptionalThreshold("good", measure?.Unit) : null;
        return new SopLine(
            id,
            measure?.Name ?? new Words("", ""),
            measure,
            good,
            column == Verify ? Windows(fields) : 0
        )
        {
            From = $"{wanted}/{named}",
        };
    }

    // Of the first column a limit says what is bad; of the last one what is good.
    private static SopLine Own(RunbookReading reading, Fields fields, string id, string column)
    {
        var name = fields.Words("name");
        var unit = MeasureFields.Unit(fields);
        var query = MeasureFields.Query(reading, fields);
        var (samples, minimum) = MeasureFields.Samples(reading, fields);
        var good = column == Verify ? fields.Threshold("good", unit) : null;
        var red = column == Verify ? good?.Negated : fields.Threshold("red", unit);
        var measure = new Measure
        {
            Id = id,
            Name = name,
            Query = query,
            Window = fields.SomeTime("window"),
            Hold = TimeSpan.Zero,
            Samples = samples,
            MinimumSamples = minimum,
            Unit = unit ?? Hooks.Unit.Count,
            Red = red ?? new Threshold(Comparison.Above, double.MaxValue, unit ?? Hooks.Unit.Count),
            Yellow = null,
            Recovered = null,
            SegmentsByColour = false,
        };
        return new SopLine(id, name, measure, good, column == Verify ? Windows(fields) : 0);
    }

    private static int Windows(Fields fields)
    {
        if (!fields.Has("windows"))
        {
            return 1;
        }

        var text = fields.Text("windows");
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var windows)
            && windows is >= 1 and <= 12
        )
        {
            return windows;
        }

        fields.Problem("windows", "bad-number", "windows", text);
        return 1;
    }
}
