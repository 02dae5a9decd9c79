using Glancy.Ops.Slo;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Slo;

namespace Glancy.Ops.Tests.Slo;

public sealed class SloJudgeTests
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly DayBudget Budget = RunbookFolders.Load().Slo.Budget.Day;

    [Fact]
    public void The_days_share_is_the_promised_failure_of_a_days_minutes()
    {
        var day = SloJudge.Day(Budget, [Row("lookup_availability", 0.72), Row("regenerate_availability", 7.2)], At);

        Assert.Equal([1.44, 7.2], day.Select(d => Math.Round(d.ShareMinutes ?? 0, 6)));
        Assert.Equal([0.5, 1.0], day.Select(d => Math.Round(d.Consumed ?? 0, 6)));
    }

    [Theory]
    [InlineData(0, 1, BudgetUnknown.NoRows)]
    [InlineData(11, 1, BudgetUnknown.TooFewRows)]
    [InlineData(12, 21, BudgetUnknown.Stale)]
    [InlineData(12, 20, null)]
    public void Rows_that_do_not_suffice_are_unknown_and_not_a_small_consumption(
        long rows,
        int minutesOld,
        BudgetUnknown? unknown
    )
    {
        BudgetRow[] answer = rows == 0 ? [] : [new("lookup_availability", 0.1, rows, At.AddMinutes(-minutesOld))];

        var reading = SloJudge.Day(Budget, answer, At)[0];

        Assert.Equal(unknown, reading.Unknown);
        Assert.Equal(unknown is null ? 0.1 : null, reading.Minutes);
    }

    [Fact]
    public void A_negative_sum_is_no_credit() =>
        Assert.Equal(BudgetUnknown.BadAnswer, SloJudge.Day(Budget, [Row("lookup_availability", -3)], At)[0].Unknown);

    [Fact]
    public void A_metric_that_the_runbook_does_not_name_is_shown_without_a_share()
    {
        var other = SloJudge.Day(Budget, [Row("glossary", 2)], At)[^1];

        Assert.Equal(
            ("glossary", 2.0, (double?)null, (double?)null),
            (other.Metric, other.Minutes, other.ShareMinutes, other.Consumed)
        );
    }

    // April has 30 days, of which 12 days and 14 h 40 min are left.
    [Theory]
    [InlineData(0.5, 1.0, 15.0, false)]
    [InlineData(0.5, 2.0, 7.5, true)]
    [InlineData(0.0, 1.0, 30.0, false)]
    [InlineData(0.9, 0.5, 6.0, true)]
    public void What_is_left_lasts_as_long_as_the_present_burn_lets_it(
        double consumed,
        double burn,
        double days,
        bool beforeMonthEnds
    )
    {
        var lasts = Assert.IsType<Exhaustion.In>(SloJudge.Exhaustion(consumed, burn, At, Shanghai));

        Assert.Equal(days, lasts.Time.TotalDays, 1e-6);
        Assert.Equal(beforeMonthEnds, lasts.BeforeMonthEnds);
    }

    [Fact]
    public void Nothing_that_burns_never_exhausts_and_all_that_is_used_is_already_exhausted()
    {
        Assert.IsType<Exhaustion.Never>(SloJudge.Exhaustion(0.5, 0, At, Shanghai));
        Assert.IsType<Exhaustion.Already>(SloJudge.Exhaustion(1, 0, At, Shanghai));
        Assert.IsType<Exhaustion.Already>(SloJudge.Exhaustion(1.2, null, At, Shanghai));
        Assert.IsType<Exhaustion.In>(SloJudge.Exhaustion(0, 1e-12, At, Shanghai));
    }

    [Theory]
    [InlineData(null, 0.0)]
    [InlineData(null, 2.0)]
    [InlineData(0.5, null)]
    public void Half_a_knowledge_is_unknown(double? consumed, double? burn) =>
        Assert.IsType<Exhaustion.Unknown>(SloJudge.Exhaustion(consumed, burn, At, Shanghai));

    [Fact]
    public void The_month_ends_at_midnight_in_Shanghai()
    {
        // 23:00 there on the last of April; at burn 720 a whole budget lasts an hour.
        var late = new DateTimeOffset(2025, 4, 30, 15, 0, 0, TimeSpan.Zero);

        Assert.False(Assert.IsType<Exhaustion.In>(SloJudge.Exhaustion(0, 719, late, Shanghai)).BeforeMonthEnds);
        Assert.True(Assert.IsType<Exhaustion.In>(SloJudge.Exhaustion(0, 721, late, Shanghai)).BeforeMonthEnds);

        // Two hours later it is May there, with a whole month to go; in UTC it is April still.
        var may = Assert.IsType<Exhaustion.In>(SloJudge.Exhaustion(0, 31, late.AddHours(2), Shanghai));
        Assert.Equal((1.0, true), (Math.Round(may.Time.TotalDays, 6), may.BeforeMonthEnds));
    }

    private static BudgetRow Row(string metric, double minutes) => new(metric, minutes, 288, At.AddMinutes(-6));
}
