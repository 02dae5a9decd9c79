using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Hooks;

/// <summary>
/// <c>hooks/*.yaml</c>: one hook or signal per file, shown in the order of the file names (§4.2, §4.3).
/// </summary>
internal static class HookFiles
{
    public static IReadOnlyList<Hook> Read(RunbookReading reading)
    {
        var hooks = new List<Hook>();
        foreach (var fields in reading.OpenAll("hooks"))
        {
            var before = reading.Problems.Count;
            var id = fields.Id();
            reading.Declare(References.Hook, id, fields.File, fields.LineOf("id"));
            var hook = new Hook(
                id,
                fields.Words("name"),
                fields.Section(),
                fields.Reference("dashboard", References.Dashboard),
                fields.Flag("drafts_rollback", otherwise: false),
                [.. Measures(reading, fields)]
            );
            fields.Done();

            // A hook with a problem is declared, but the gates are not judged by it.
            if (reading.Problems.Count == before)
            {
                hooks.Add(hook);
            }
        }

        return hooks;
    }

    /// <summary>The measures of a hook or a patrol, each with its limits in order.</summary>
    public static IEnumerable<Measure> Measures(RunbookReading reading, Fields hook)
    {
        var ids = new HashSet<string>();
        foreach (var fields in hook.Maps("measures"))
        {
            var id = fields.Id();
            if (id.Length > 0 && !ids.Add(id))
            {
                fields.Problem("id", "duplicate-id", "measure", id);
            }

            var unit = MeasureFields.Unit(fields);
            var query = MeasureFields.Query(reading, fields);
            var (samples, minimum) = MeasureFields.Samples(reading, fields);
            var red = fields.Threshold("red", unit);
            var yellow = fields.OptionalThreshold("yellow", unit);
            var recovered = fields.OptionalThreshold("recovered", unit);
            var urgent = fields.OptionalThreshold("urgent", unit);
            var measure = new Measure
            {
                Id = id,
                Name = fields.Words("name"),
                Query = query,
                Window = fields.SomeTime("window"),
                Hold = fields.Has("hold") ? fields.SomeTime("hold") : TimeSpan.Zero,
                Samples = samples,
                MinimumSamples = minimum,
                Unit = unit ?? Unit.Count,
                Red = red ?? new Threshold(Comparison.AtLeast, double.MaxValue, unit ?? Unit.Count),
                Yellow = yellow,
                Recovered = recovered,
                SegmentsByColour = MeasureFields.ByColour(fields, query),
                Urgent = urgent,
            };
            if (red is not null)
            {
                Order(fields, red, yellow, recovered, urgent);
            }

            fields.Done();
            yield return measure;
        }
    }

    /// <summary>Recovered, yellow, red and urgent lie in this order, all on one line.</summary>
    private static void Order(Fields fields, Threshold red, Threshold? yellow, Threshold? recovered, Threshold? urgent)
    {
        if (yellow is not null && !Milder(yellow, red))
        {
            fields.Problem("yellow", "yellow-beyond-red", yellow.ToString(), red.ToString());
        }

        if (urgent is not null && !Milder(red, urgent))
        {
            fields.Problem("urgent", "red-beyond-urgent", red.ToString(), urgent.ToString());
        }

        // A value that counts as recovered must not be yellow, or red, at the same time.
        if (
            recovered is not null
            && (recovered.Upward == red.Upward || !Milder(recovered.Negated, yellow ?? red, orEqual: true))
        )
        {
            fields.Problem(
                "recovered",
                yellow is null ? "recovered-beyond-red" : "recovered-beyond-yellow",
                recovered.ToString(),
                (yellow ?? red).ToString()
            );
        }
    }

    /// <summary>Whether growing trouble crosses the first limit before the second.</summary>
    private static bool Milder(Threshold first, Threshold second, bool orEqual = false)
    {
        if (first.Upward != second.Upward)
        {
            return false;
        }

        if (first.Limit == second.Limit)
        {
            var firstTakesLimit = first.Comparison is Comparison.AtLeast or Comparison.AtMost;
            var secondTakesLimit = second.Comparison is Comparison.AtLeast or Comparison.AtMost;
            return firstTakesLimit != secondTakesLimit ? firstTakesLimit : orEqual;
        }

        return first.Upward ? first.Limit < second.Limit : first.Limit > second.Limit;
    }
}
