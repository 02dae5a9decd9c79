namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>
/// One UID several times: a series and its edited occurrences (RFC 5545 3.8.4.4), in whatever order they stand.
/// </summary>
public sealed class EditedOccurrenceTests
{
    private static readonly string Series = CalendarFile.Night("s", 18, "secondary: chen", "RRULE:FREQ=DAILY;COUNT=4");
    private static readonly string Other = CalendarFile.Night("o", 19, "primary: han");

    [Theory]
    [InlineData("RECURRENCE-ID;TZID=Asia/Shanghai:20250420T190000")]
    [InlineData("RECURRENCE-ID;TZID=Asia/Tokyo:20250420T200000")]
    [InlineData("RECURRENCE-ID:20250420T110000Z")]
    [InlineData("RECURRENCE-ID:20250420T190000")]
    [InlineData("RECURRENCE-ID;VALUE=DATE:20250420")]
    public void The_one_night_is_replaced_and_every_other_event_counts(string recurrence)
    {
        var edited = CalendarFile.Night("s", 20, "secondary: wu", recurrence);
        string[] expected =
        [
            "secondary=chen 04-18 19:00..04-19 07:00",
            "secondary=chen 04-19 19:00..04-20 07:00",
            "primary=han 04-19 19:00..04-20 07:00",
            "secondary=wu 04-20 19:00..04-21 07:00",
            "secondary=chen 04-21 19:00..04-22 07:00",
        ];

        Assert.Equal(
            expected,
            CalendarFile.Entries(CalendarFile.Of(Series, edited, Other)).OrderBy(e => Array.IndexOf(expected, e))
        );
        Assert.Equal(
            expected,
            CalendarFile.Entries(CalendarFile.Of(edited, Other, Series)).OrderBy(e => Array.IndexOf(expected, e))
        );
        Assert.Equal(
            expected,
            CalendarFile.Entries(CalendarFile.Of(Other, edited, Series)).OrderBy(e => Array.IndexOf(expected, e))
        );
    }

    [Fact]
    public void A_night_that_was_moved_is_where_it_was_moved_to() =>
        Assert.Equal(
            [
                "secondary=chen 04-18 19:00..04-19 07:00",
                "secondary=chen 04-19 19:00..04-20 07:00",
                "secondary=chen 04-21 19:00..04-22 07:00",
                "secondary=wu 04-25 19:00..04-26 07:00",
            ],
            CalendarFile.Entries(
                CalendarFile.Of(CalendarFile.Night("s", 25, "secondary: wu", "RECURRENCE-ID:20250420T110000Z"), Series)
            )
        );

    [Fact]
    public void A_night_that_was_cancelled_is_nobodys() =>
        Assert.Equal(
            [
                "secondary=chen 04-18 19:00..04-19 07:00",
                "secondary=chen 04-19 19:00..04-20 07:00",
                "secondary=chen 04-21 19:00..04-22 07:00",
            ],
            CalendarFile.Entries(
                CalendarFile.Of(
                    Series,
                    CalendarFile.Event("UID:s", "RECURRENCE-ID:20250420T110000Z", "STATUS:CANCELLED")
                )
            )
        );

    [Fact]
    public void An_added_date_is_edited_like_any_other() =>
        Assert.Equal(
            ["secondary=chen 04-18 19:00..04-19 07:00", "secondary=wu 04-22 19:00..04-23 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Night("s", 18, "secondary: chen", "RDATE;TZID=Asia/Shanghai:20250422T190000"),
                    CalendarFile.Night("s", 22, "secondary: wu", "RECURRENCE-ID:20250422T110000Z")
                )
            )
        );

    [Fact]
    public void Of_two_revisions_the_newer_counts() =>
        Assert.Equal(
            ["secondary=zhao 04-18 19:00..04-19 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Night("s", 18, "secondary: zhao", "SEQUENCE:2"),
                    CalendarFile.Night("s", 18, "secondary: chen"),
                    CalendarFile.Night("s", 19, "secondary: wu", "SEQUENCE:1")
                )
            )
        );

    [Fact]
    public void An_edit_whose_series_lies_elsewhere_counts_alone() =>
        Assert.Equal(
            ["secondary=wu 04-20 19:00..04-21 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(CalendarFile.Night("s", 20, "secondary: wu", "RECURRENCE-ID:20250420T110000Z"))
            )
        );

    [Fact]
    public void What_two_events_say_of_one_is_refused_at_the_second() =>
        Assert.Equal(
            ["11 event-twice"],
            CalendarFile.Problems(
                CalendarFile.Of(
                    CalendarFile.Night("s", 18, "secondary: chen"),
                    CalendarFile.Night("s", 19, "secondary: chen")
                )
            )
        );

    [Fact]
    public void What_two_edits_say_of_one_night_is_refused_at_the_second() =>
        Assert.Equal(
            ["26 event-no-occurrence"],
            CalendarFile.Problems(
                CalendarFile.Of(
                    Series,
                    CalendarFile.Night("s", 20, "secondary: wu", "RECURRENCE-ID:20250420T110000Z"),
                    CalendarFile.Night("s", 20, "secondary: han", "RECURRENCE-ID;VALUE=DATE:20250420")
                )
            )
        );

    [Theory]
    [InlineData("RECURRENCE-ID:20250420T190000Z", "18 event-no-occurrence")]
    [InlineData("RECURRENCE-ID;TZID=Asia/Shanghai:20250425T190000", "18 event-no-occurrence")]
    [InlineData("RECURRENCE-ID;RANGE=THISANDFUTURE:20250420T110000Z", "18 event-field")]
    [InlineData("RECURRENCE-ID:20250420", "")]
    public void An_edit_that_names_no_night_or_all_that_follow_is_refused(string recurrence, string problem)
    {
        var text = CalendarFile.Of(Series, CalendarFile.Night("s", 20, "secondary: wu", recurrence));
        if (problem.Length > 0)
        {
            Assert.Equal([problem], CalendarFile.Problems(text));
        }
        else
        {
            // A date without VALUE=DATE is still plainly a date.
            Assert.Contains("secondary=wu 04-20 19:00..04-21 07:00", CalendarFile.Entries(text));
        }
    }

    [Theory]
    [InlineData("EXDATE;TZID=Asia/Shanghai:20250420T190000")]
    [InlineData("EXDATE:20250420T110000Z")]
    [InlineData("EXDATE:20250420T190000")]
    [InlineData("EXDATE;VALUE=DATE:20250420")]
    [InlineData("EXDATE;TZID=Asia/Tokyo:20250420T200000")]
    public void A_night_is_taken_out_by_every_form_of_its_date(string exception) =>
        Assert.Equal(
            [
                "secondary=chen 04-18 19:00..04-19 07:00",
                "secondary=chen 04-19 19:00..04-20 07:00",
                "secondary=chen 04-21 19:00..04-22 07:00",
            ],
            CalendarFile.Entries(
                CalendarFile.Of(CalendarFile.Night("s", 18, "secondary: chen", "RRULE:FREQ=DAILY;COUNT=4", exception))
            )
        );

    [Theory]
    [InlineData("EXDATE:20250420T120000Z", "11 event-excludes-nothing")]
    [InlineData("EXDATE;TZID=Beijing Time:20250420T190000", "11 calendar-zone")]
    [InlineData("EXDATE:soon", "11 calendar-time")]
    public void A_date_that_takes_nothing_out_of_the_middle_is_refused(string exception, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(
                CalendarFile.Of(CalendarFile.Night("s", 18, "secondary: chen", "RRULE:FREQ=DAILY;COUNT=4", exception))
            )
        );
}
