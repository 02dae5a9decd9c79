using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks;

public sealed class QueryTextTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly DateTimeOffset Friday = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("total", "x{env=\"prod\"}[300s]")]
    [InlineData("green", "x{env=\"prod\",colour=\"green\"}[300s]")]
    public void Segment_and_window_are_filled_in(string segment, string filled) =>
        Assert.Equal(
            filled,
            QueryText.Fill("x{$segment}[$window]", segment, TimeSpan.FromMinutes(5), Friday, Shanghai)
        );

    // The month begins at midnight in Shanghai, which is 16:00 of the day before in UTC.
    [Theory]
    [InlineData("2025-04-18T01:20:00Z", "1502400s 30")]
    [InlineData("2025-03-31T15:59:59Z", "2678399s 31")]
    [InlineData("2025-03-31T16:00:00Z", "60s 30")]
    [InlineData("2025-03-31T16:02:00Z", "120s 30")]
    [InlineData("2024-02-29T00:00:00Z", "2448000s 29")]
    public void The_month_is_that_of_the_roster(string at, string filled) =>
        Assert.Equal(
            filled,
            QueryText.Fill(
                "$month $days",
                "total",
                TimeSpan.Zero,
                DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
                Shanghai
            )
        );

    [Fact]
    public void Comments_are_for_people() =>
        Assert.Equal("sum(\n  x{a=\"#\"}\n)", QueryText.WithoutComments("# HK-01\nsum(\n  # all\n  x{a=\"#\"}\n)\n"));
}
