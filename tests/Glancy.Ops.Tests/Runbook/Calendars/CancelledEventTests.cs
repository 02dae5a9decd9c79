namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>
/// Who was cancelled is not on duty (RFC 5545 3.8.1.11, RFC 5546 3.2.5), and a file of nothing else says so.
/// </summary>
public sealed class CancelledEventTests
{
    [Theory]
    [InlineData("STATUS:CANCELLED")]
    [InlineData("status:cancelled")]
    [InlineData("STATUS;X-BY=wu:Cancelled")]
    public void A_cancelled_event_is_nobodys_duty(string status) =>
        Assert.Equal(
            ["secondary=chen 04-19 19:00..04-20 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Night("a", 18, "secondary: chen", status),
                    CalendarFile.Night("b", 19, "secondary: chen", "STATUS:CONFIRMED")
                )
            )
        );

    [Fact]
    public void A_cancelled_series_is_nobodys_duty_with_all_its_nights() =>
        Assert.Equal(
            ["secondary=chen 04-25 19:00..04-26 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Night("a", 18, "secondary: chen", "RRULE:FREQ=DAILY;COUNT=3", "STATUS:CANCELLED"),
                    CalendarFile.Night("a", 19, "secondary: wu", "RECURRENCE-ID:20250419T110000Z", "STATUS:CANCELLED"),
                    CalendarFile.Night("b", 25, "secondary: chen")
                )
            )
        );

    [Fact]
    public void A_calendar_that_takes_back_is_nobodys_duty_and_that_is_known()
    {
        var loaded = CalendarFile.Load(
            CalendarFile.Of(
                "METHOD:CANCEL",
                CalendarFile.Night("a", 18, "secondary: chen"),
                CalendarFile.Night("b", 19, "secondary: chen")
            )
        );

        Assert.NotNull(loaded.Content);
        Assert.Empty(loaded.Content.Roster.Overrides);
        var file = Assert.Single(loaded.Content.Roster.Imports, f => f.File == CalendarFile.Name);
        Assert.Empty(file.Overrides);
        Assert.Equal(2, file.Cancelled);
    }

    [Theory]
    [InlineData("STATUS:TENTATIVE", "10 event-status")]
    [InlineData("STATUS:GONE", "10 event-status")]
    public void What_is_not_settled_is_refused(string status, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(CalendarFile.Of(CalendarFile.Night("a", 18, "secondary: chen", status)))
        );

    [Fact]
    public void A_night_that_stands_in_a_series_that_does_not_is_refused() =>
        Assert.Equal(
            ["19 event-no-occurrence"],
            CalendarFile.Problems(
                CalendarFile.Of(
                    CalendarFile.Night("a", 18, "secondary: chen", "RRULE:FREQ=DAILY;COUNT=3", "STATUS:CANCELLED"),
                    CalendarFile.Night("a", 19, "secondary: wu", "RECURRENCE-ID:20250419T110000Z")
                )
            )
        );

    [Theory]
    [InlineData("METHOD:REPLY")]
    [InlineData("METHOD:COUNTER")]
    [InlineData("METHOD:ADD")]
    public void A_calendar_that_only_answers_or_adds_is_refused(string method) =>
        Assert.Equal(
            ["4 calendar-method"],
            CalendarFile.Problems(CalendarFile.Of(method, CalendarFile.Night("a", 18, "secondary: chen")))
        );
}
