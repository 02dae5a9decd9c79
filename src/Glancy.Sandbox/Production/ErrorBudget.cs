namespace Glancy.Sandbox.Production;

/// <summary>
/// The product's own book of its error budgets, <c>slo_error_budget</c> (§7.3): for each window the minutes that were
/// in error, that is its length times the share of requests that failed.
/// </summary>
internal sealed class ErrorBudget
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, (DateTimeOffset Start, double Minutes)> open = [];

    /// <param name="failing">Share of the step's requests that failed.</param>
    public void Count(Step step, string metric, double failing, StepRows rows)
    {
        var (start, minutes) = open.TryGetValue(metric, out var begun) ? begun : (step.At.AddSeconds(-step.Seconds), 0);
        minutes += failing * step.Seconds / 60;
        if (step.At - start < Window)
        {
            open[metric] = (start, minutes);
            return;
        }

        rows.ErrorBudget.Add(new ErrorBudgetRow(metric, start, Math.Round(minutes, 6)));
        open[metric] = (step.At, 0);
    }
}
