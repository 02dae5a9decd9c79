using Glancy.Runbook;
using Glancy.Runbook.Masking;
using Glancy.Runbook.Slo;
using Row = (
    System.Type Record,
    string Field,
    string Where,
    bool Looser,
    System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent> Edit
);

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>The rows of <see cref="DiffTables"/> for promises, error budget and masking.</summary>
internal static class PromiseTables
{
    private const bool Looser = true;
    private const bool Fine = false;

    public static IEnumerable<Row> Promises() =>
        [
            Book(
                typeof(SloBook),
                nameof(SloBook.Objectives),
                "objectives/lookup-p95",
                Looser,
                s => s with { Objectives = [.. s.Objectives.Where(o => o.Id != "lookup-p95")] }
            ),
            Book(
                typeof(SloBook),
                nameof(SloBook.Agreements),
                "agreements/sla-month",
                Looser,
                s => s with { Agreements = [] }
            ),
            Book(
                typeof(SloBook),
                nameof(SloBook.Budget),
                "budget/month",
                Looser,
                s => s with { Budget = s.Budget with { Month = null } }
            ),
            Promise(
                nameof(Objective.Measure),
                "measure/query",
                Looser,
                o => o with { Measure = o.Measure with { Query = "vector(1)" } }
            ),
            Promise(
                nameof(Objective.Target),
                "target",
                Looser,
                o => o with { Target = o.Target with { Limit = 0.99 } }
            ),
            Promise(
                nameof(Objective.Target),
                "target",
                Fine,
                o => o with { Target = o.Target with { Limit = 0.9999 } }
            ),
            Promise(nameof(Objective.Window), "window", Looser, o => o with { Window = TimeSpan.FromHours(12) }),
            Promise(nameof(Objective.Section), "section", Fine, o => o with { Section = "7.3" }),
            Budget(
                nameof(ErrorBudget.Day),
                "day/window",
                Looser,
                b => b with { Day = b.Day with { Window = TimeSpan.FromHours(12) } }
            ),
            Budget(
                nameof(ErrorBudget.Month),
                "month/query",
                Looser,
                b => b with { Month = b.Month! with { Query = "vector(0)" } }
            ),
            Budget(nameof(ErrorBudget.Burn), "burn/day", Looser, b => b with { Burn = [b.Burn[0]] }),
            Budget(
                nameof(ErrorBudget.Burn),
                "burn/now/minimum_samples",
                Looser,
                b => b with { Burn = [b.Burn[0] with { MinimumSamples = 1 }, .. b.Burn.Skip(1)] }
            ),
            Day(nameof(DayBudget.Statement), "statement", Looser, d => d with { Statement = "select 1" }),
            Day(nameof(DayBudget.Window), "window", Looser, d => d with { Window = TimeSpan.FromHours(48) }),
            Day(nameof(DayBudget.MinimumRows), "minimum_rows", Looser, d => d with { MinimumRows = d.MinimumRows - 1 }),
            Day(nameof(DayBudget.MinimumRows), "minimum_rows", Fine, d => d with { MinimumRows = d.MinimumRows + 1 }),
            Day(nameof(DayBudget.StaleAfter), "stale_after", Looser, d => d with { StaleAfter = d.StaleAfter * 2 }),
            Day(
                nameof(DayBudget.Metrics),
                "lookup_availability",
                Looser,
                d => d with { Metrics = [.. d.Metrics.Skip(1)] }
            ),
            Metric(
                nameof(BudgetMetric.Objective),
                "objective",
                Fine,
                m => m with { Objective = m.Objective with { Id = "other" } }
            ),
            Metric(
                nameof(BudgetMetric.ShareMinutes),
                "share_minutes",
                Looser,
                m => m with { ShareMinutes = m.ShareMinutes + 1 }
            ),
            Metric(
                nameof(BudgetMetric.ShareMinutes),
                "share_minutes",
                Fine,
                m => m with { ShareMinutes = m.ShareMinutes / 2 }
            ),
            (
                typeof(RunbookContent),
                "Slo",
                "slo/agreements/sla-month",
                Looser,
                c => c with { Slo = c.Slo with { Agreements = [] } }
            ),
        ];

    public static IEnumerable<Row> Masks() =>
        [
            (
                typeof(RunbookContent),
                "Masking",
                "masking/e-mail",
                Looser,
                c => c with { Masking = [.. c.Masking.Where(r => r.Id != "e-mail")] }
            ),
            (
                typeof(RunbookContent),
                "Masking",
                "masking/more",
                Fine,
                c => c with { Masking = [.. c.Masking, c.Masking[0] with { Id = "more" }] }
            ),
            (
                typeof(RunbookContent),
                "Masking",
                "masking/order",
                Looser,
                c => c with { Masking = [c.Masking[1], c.Masking[0], .. c.Masking.Skip(2)] }
            ),
            Mask(nameof(MaskRule.As), "as", Fine, r => r with { As = "mailbox" }),
            Mask(nameof(MaskRule.Tag), "tag", Fine, r => r with { Tag = false }),
            Mask(nameof(MaskRule.Tag), "tag", Looser, r => r with { Tag = true }, "card"),
            Mask(nameof(MaskRule.Pattern), "pattern", Looser, r => r with { Pattern = "x" }),
            Mask(nameof(MaskRule.Except), "except", Looser, r => r with { Except = ".*" }),
            Mask(nameof(MaskRule.Except), "except", Fine, r => r with { Except = null }),
            Mask(nameof(MaskRule.Reveal), "reveal", Looser, r => r with { Reveal = [.. r.Reveal, "secondary"] }),
            Mask(nameof(MaskRule.Reveal), "reveal", Fine, r => r with { Reveal = [] }),
            Mask(nameof(MaskRule.Section), "section", Fine, r => r with { Section = "9" }),
        ];

    private static Row Book(Type record, string field, string where, bool looser, Func<SloBook, SloBook> edit) =>
        (record, field, "slo/" + where, looser, c => c with { Slo = edit(c.Slo) });

    private static Row Promise(string field, string where, bool looser, Func<Objective, Objective> edit) =>
        Book(
            typeof(Objective),
            field,
            "objectives/lookup-success/" + where,
            looser,
            s => s with { Objectives = [.. s.Objectives.Select(o => o.Id == "lookup-success" ? edit(o) : o)] }
        );

    private static Row Budget(string field, string where, bool looser, Func<ErrorBudget, ErrorBudget> edit) =>
        Book(typeof(ErrorBudget), field, "budget/" + where, looser, s => s with { Budget = edit(s.Budget) });

    private static Row Day(string field, string where, bool looser, Func<DayBudget, DayBudget> edit)
    {
        var row = Budget(field, "day/" + where, looser, b => b with { Day = edit(b.Day) });
        return row with { Record = typeof(DayBudget) };
    }

    private static Row Metric(string field, string where, bool looser, Func<BudgetMetric, BudgetMetric> edit)
    {
        var row = Day(
            field,
            "lookup_availability/" + where,
            looser,
            d => d with { Metrics = [edit(d.Metrics[0]), .. d.Metrics.Skip(1)] }
        );
        return row with { Record = typeof(BudgetMetric) };
    }

    private static Row Mask(
        string field,
        string where,
        bool looser,
        Func<MaskRule, MaskRule> edit,
        string rule = "e-mail"
    ) =>
        (
            typeof(MaskRule),
            field,
            $"masking/{rule}/{where}",
            looser,
            c => c with { Masking = [.. c.Masking.Select(r => r.Id == rule ? edit(r) : r)] }
        );
}
