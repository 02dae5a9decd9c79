using Glancy.Runbook.Hooks;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Slo;

/// <summary><c>slo.yaml</c>: the promises of §0 and the error budget of §7.3.</summary>
internal static class SloFile
{
    private const string File = "slo.yaml";
    private static readonly Threshold NoTarget = new(Comparison.AtLeast, double.MinValue, Unit.Percent);

    public static SloBook Read(RunbookReading reading, IReadOnlyList<Hook> hooks)
    {
        if (reading.Open(File) is not { } file)
        {
            return SloBook.Empty;
        }

        var objectives = Objectives(reading, file, "objectives");
        var agreements = Objectives(reading, file, "agreements");
        var budget = file.Map("budget") is { } fields
            ? Budget(reading, fields, objectives, hooks)
            : SloBook.Empty.Budget;
        file.Done();
        return new SloBook(objectives, agreements, budget);
    }

    private static List<Objective> Objectives(RunbookReading reading, Fields file, string name)
    {
        var objectives = new List<Objective>();
        foreach (var fields in file.Maps(name))
        {
            var id = fields.Id();
            reading.Declare(References.Objective, id, fields.File, fields.LineOf("id"));
            var title = fields.Words("name");
            var unit = MeasureFields.Unit(fields);
            var query = MeasureFields.Query(reading, fields);
            var window = Window(fields, query);
            var (samples, minimum) = MeasureFields.Samples(reading, fields);
            var target = fields.Threshold("target", unit) ?? NoTarget;
            var measure = new Measure
            {
                Id = id,
                Name = title,
                Query = query,
                Window = window ?? TimeSpan.Zero,
                Hold = TimeSpan.Zero,
                Samples = samples,
                MinimumSamples = minimum,
                Unit = unit ?? Unit.Count,
                Red = target.Negated,
                Yellow = null,
                Recovered = null,
                SegmentsByColour = false,
            };
            objectives.Add(new Objective(id, measure, target, window, fields.Section()));
            fields.Done();
        }

        return objectives;
    }

    // A query must take the window that it is shown with.
    private static TimeSpan? Window(Fields fields, string query)
    {
        TimeSpan? window = fields.Text("window") == "month" ? null : fields.SomeTime("window");
        var placeholder = window is null ? "$month" : "$window";
        if (query.Length > 0 && !query.Contains(placeholder, StringComparison.Ordinal))
        {
            fields.Problem("window", "window-not-in-query", fields.Text("query"), placeholder);
        }

        return window;
    }

    private static ErrorBudget Budget(
        RunbookReading reading,
        Fields fields,
        IReadOnlyList<Objective> objectives,
        IReadOnlyList<Hook> hooks
    )
    {
        var day = fields.Map("day") is { } d ? Day(reading, d, objectives) : SloBook.Empty.Budget.Day;
        var month = fields.Map("month") is { } m ? Month(m, hooks) : null;
        var burn = fields.Maps("burn").Select(b => Burn(reading, b)).ToList();
        fields.Done();
        return new ErrorBudget(day, month, burn);
    }

    private static DayBudget Day(RunbookReading reading, Fields fields, IReadOnlyList<Objective> objectives)
    {
        var window = fields.SomeTime("window");
        var metrics = new List<BudgetMetric>();
        foreach (var metric in fields.Maps("metrics"))
        {
            var name = metric.Id("metric");
            reading.Declare("metric", name, metric.File, metric.LineOf("metric"));
            var wanted = metric.Reference("objective", References.Objective);
            metric.Done();
            if (objectives.FirstOrDefault(o => o.Id == wanted) is not { } objective)
            {
                continue;
            }

            // Minutes of error follow from a rate that must be kept, not from a delay.
            if (objective.Target is not { Unit: Unit.Percent, Upward: true, Limit: < 1 })
            {
                metric.Problem("objective", "objective-without-budget", wanted);
                continue;
            }

            metrics.Add(new BudgetMetric(name, objective, (1 - objective.Target.Limit) * window.TotalMinutes));
        }

        fields.Section();
        var day = new DayBudget(
            Statement(reading, fields),
            window,
            (int)fields.Number("at_least"),
            fields.SomeTime("stale_after"),
            metrics
        );
        fields.Done();
        return day;
    }

    private static string Statement(RunbookReading reading, Fields fields)
    {
        var name = fields.Text("statement");
        if (name.Length == 0)
        {
            return "";
        }

        if (!name.EndsWith(".sql", StringComparison.Ordinal) || reading.Use(name) is not { } text)
        {
            fields.Problem("statement", "unknown-query", name);
            return "";
        }

        if (!text.Contains("now()", StringComparison.Ordinal))
        {
            reading.Problem(name, 0, "now-not-in-statement");
        }

        return text;
    }

    private static Measure? Month(Fields fields, IReadOnlyList<Hook> hooks)
    {
        var wanted = fields.Reference("hook", References.Hook);
        var named = fields.Text("measure");
        fields.Section();
        fields.Done();
        var hook = hooks.FirstOrDefault(h => h.Id == wanted);
        var measure = hook?.Measures.FirstOrDefault(m => m.Id == named);
        if (hook is not null && named.Length > 0 && measure is null)
        {
            fields.Problem("measure", "unknown-measure", hook.Id, named);
        }

        return measure;
    }

    private static Measure Burn(RunbookReading reading, Fields fields)
    {
        var id = fields.Id();
        reading.Declare("burn", id, fields.File, fields.LineOf("id"));
        var title = fields.Words("name");
        var query = MeasureFields.Query(reading, fields);
        var (samples, minimum) = MeasureFields.Samples(reading, fields);
        var window = fields.SomeTime("window");
        if (query.Length > 0 && !query.Contains("$window", StringComparison.Ordinal))
        {
            fields.Problem("window", "window-not-in-query", fields.Text("query"), "$window");
        }

        fields.Section();
        fields.Done();

        // Faster than 1 the budget does not last the month.
        var red = new Threshold(Comparison.Above, 1, Unit.Factor);
        return new Measure
        {
            Id = id,
            Name = title,
            Query = query,
            Window = window,
            Hold = TimeSpan.Zero,
            Samples = samples,
            MinimumSamples = minimum,
            Unit = Unit.Factor,
            Red = red,
            Yellow = null,
            Recovered = null,
            SegmentsByColour = false,
        };
    }
}
