using Glancy.Runbook.Slo;

namespace Glancy.Ops.Slo;

/// <summary>One row of the answer to the day's statement.</summary>
internal sealed record BudgetRow(string Metric, double ErrorMinutes, long Rows, DateTimeOffset Newest);

/// <summary>Turns answers into readings. Pure.</summary>
internal static class SloJudge
{
    /// <summary>
    /// The metrics that the runbook names, each with its consumption or why it is unknown, then those that only the
    /// table knows.
    /// </summary>
    public static IReadOnlyList<BudgetReading> Day(DayBudget day, IReadOnlyList<BudgetRow> rows, DateTimeOffset at)
    {
        return
        [
            .. day.Metrics.Select(m => Judge(day, m.Metric, m, rows.FirstOrDefault(r => r.Metric == m.Metric), at)),
            .. rows.Where(r => day.Metrics.All(m => m.Metric != r.Metric))
                .Select(r => Judge(day, r.Metric, null, r, at)),
        ];
    }

    /// <summary>Every metric unknown for the same reason.</summary>
    public static IReadOnlyList<BudgetReading> Unknown(DayBudget day, BudgetUnknown reason)
    {
        return [.. day.Metrics.Select(m => new BudgetReading(m.Metric, m.Objective, null, m.ShareMinutes, reason))];
    }

    /// <summary>
    /// How long the rest lasts: at burn 1 a whole budget lasts the whole month. What is used up is so whatever burns
    /// now.
    /// </summary>
    /// <param name="consumed">Part of the month's budget; null when unknown.</param>
    /// <param name="burn">Null when unknown.</param>
    /// <param name="zone">Where the month is a month.</param>
    public static Exhaustion Exhaustion(double? consumed, double? burn, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (consumed >= 1)
        {
            return new Exhaustion.Already();
        }

        if (consumed is not { } used || burn is not { } rate)
        {
            return new Exhaustion.Unknown();
        }

        if (rate <= 0)
        {
            return new Exhaustion.Never();
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        var end = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);
        var left = new DateTimeOffset(end, zone.GetUtcOffset(end)) - at;
        var days = (1 - used) * DateTime.DaysInMonth(local.Year, local.Month) / rate;

        // Beyond a century nobody counts, and a TimeSpan ends some time after.
        var lasts = TimeSpan.FromDays(Math.Min(days, 36_500));
        return new Exhaustion.In(lasts, lasts < left);
    }

    private static BudgetReading Judge(
        DayBudget day,
        string metric,
        BudgetMetric? known,
        BudgetRow? row,
        DateTimeOffset at
    )
    {
        BudgetUnknown? unknown =
            row is null ? BudgetUnknown.NoRows
            : row.Rows < day.MinimumRows ? BudgetUnknown.TooFewRows
            : at - row.Newest > day.StaleAfter ? BudgetUnknown.Stale
            : !double.IsFinite(row.ErrorMinutes) || row.ErrorMinutes < 0 ? BudgetUnknown.BadAnswer
            : null;
        return new BudgetReading(
            metric,
            known?.Objective,
            unknown is null ? row?.ErrorMinutes : null,
            known?.ShareMinutes,
            unknown
        );
    }
}
