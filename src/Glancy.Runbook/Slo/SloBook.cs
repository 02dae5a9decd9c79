using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Slo;

/// <summary>What production promises (§0) and its error budget (§7.3), as <c>runbook/slo.yaml</c> says it.</summary>
/// <param name="Objectives">The SLOs, in the order they are shown.</param>
/// <param name="Agreements">The SLA.</param>
public sealed record SloBook(
    IReadOnlyList<Objective> Objectives,
    IReadOnlyList<Objective> Agreements,
    ErrorBudget Budget
)
{
    public static SloBook Empty { get; } =
        new([], [], new ErrorBudget(new DayBudget("", TimeSpan.Zero, 0, TimeSpan.Zero, []), null, []));
}

/// <summary>One promise.</summary>
/// <param name="Measure">Its red is what the target excludes.</param>
/// <param name="Target">What must hold, for example <c>&gt;= 99.9 %</c>.</param>
/// <param name="Window">Null for the calendar month in the roster's time zone.</param>
/// <param name="Section">The § that promises it.</param>
public sealed record Objective(string Id, Measure Measure, Threshold Target, TimeSpan? Window, string Section);

/// <summary>The error budget, always read as consumed.</summary>
/// <param name="Month">The measure of the month's consumption, a share of 1; null only in an empty book.</param>
/// <param name="Burn">Burn rates, a multiple of the rate that just lasts a month; the first is the present one.</param>
public sealed record ErrorBudget(DayBudget Day, Measure? Month, IReadOnlyList<Measure> Burn);

/// <summary>The day's consumption from the product's table (§7.3).</summary>
/// <param name="Statement">SQL with <c>now()</c>, answering metric, minutes, rows and newest.</param>
/// <param name="Window">The stretch that the statement sums.</param>
/// <param name="MinimumRows">Fewer rows of a metric are unknown.</param>
/// <param name="StaleAfter">A metric without a row younger than this is unknown.</param>
public sealed record DayBudget(
    string Statement,
    TimeSpan Window,
    int MinimumRows,
    TimeSpan StaleAfter,
    IReadOnlyList<BudgetMetric> Metrics
);

/// <summary>A metric of <c>slo_error_budget</c>.</summary>
/// <param name="ShareMinutes">Minutes of error that the window may have: its part of the month's budget.</param>
public sealed record BudgetMetric(string Metric, Objective Objective, double ShareMinutes);
