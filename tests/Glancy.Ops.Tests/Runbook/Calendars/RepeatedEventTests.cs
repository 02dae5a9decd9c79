namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>Which nights a rule names, and what no rule may say (RFC 5545 3.3.10, 3.8.5).</summary>
public sealed class RepeatedEventTests
{
    private static readonly string[] Three =
    [
        "secondary=chen 04-18 19:00..04-19 07:00",
        "secondary=chen 04-19 19:00..04-20 07:00",
        "secondary=chen 04-20 19:00..04-21 07:00",
    ];

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420T110000Z")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420T190000")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250421T105959Z")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3")]
    [InlineData("rrule:freq=daily;count=3")]
    [InlineData("RRULE:FREQ=HOURLY;INTERVAL=24;COUNT=3")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=FR,SA,SU;UNTIL=20250420")]
    [InlineData("RDATE;TZID=Asia/Shanghai:20250419T190000,20250420T190000")]
    [InlineData("RDATE:20250419T110000Z\r\nRDATE;TZID=Asia/Tokyo:20250420T200000")]
    [InlineData("RDATE;VALUE=PERIOD:20250419T110000Z/20250419T230000Z,20250420T110000Z/PT12H")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=2")]
    public void The_last_night_counts_however_the_end_is_written(string rule) =>
        Assert.Equal(
            Three,
            CalendarFile.Entries(CalendarFile.Of(CalendarFile.Night("u", 18, "secondary: chen", rule)))
        );

    [Theory]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20250502", "04-18,04-25,05-02")]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20250501", "04-18,04-25")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420T105959Z", "04-18,04-19")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250418", "04-18")]
    public void And_no_night_after_it(string rule, string days) =>
        Assert.Equal(
            days.Split(','),
            CalendarFile
                .Entries(CalendarFile.Of(CalendarFile.Night("u", 18, "secondary: chen", rule)))
                .Select(e => e["secondary=chen ".Length..][..5])
        );

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250420T000000Z")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3")]
    public void Whole_days_repeat_to_their_last(string rule) =>
        Assert.Equal(
            [
                "secondary=chen 04-18 07:00..04-19 07:00",
                "secondary=chen 04-19 07:00..04-20 07:00",
                "secondary=chen 04-20 07:00..04-21 07:00",
            ],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Event("UID:u", "SUMMARY:secondary: chen", "DTSTART;VALUE=DATE:20250418", rule)
                )
            )
        );

    [Theory]
    [InlineData("RRULE:FREQ=WEEKLY", "4 event-endless")]
    [InlineData("RRULE:FREQ=FORTNIGHTLY;COUNT=2", "10 event-rule")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=0", "10 event-rule")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2;COUNT=3", "10 event-rule")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2;UNTIL=20250420", "10 event-rule")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=tomorrow", "10 event-rule")]
    [InlineData("RRULE:", "10 event-rule")]
    [InlineData("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "10 event-rule")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3", "10 event-unsynchronised")]
    [InlineData("RRULE:FREQ=DAILY;BYHOUR=7;COUNT=3", "10 event-unsynchronised")]
    [InlineData("RRULE:FREQ=DAILY;UNTIL=20250417", "10 event-unsynchronised")]
    [InlineData("EXRULE:FREQ=DAILY;COUNT=3", "10 event-field")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=1\r\nEXDATE;VALUE=DATE:20250418", "4 event-nothing")]
    [InlineData("RDATE:20250420", "10 calendar-time")]
    [InlineData("RDATE;VALUE=PERIOD:20250419T110000Z/soon", "10 calendar-time")]
    [InlineData("DURATION:PT12H", "10 event-end")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=10001", "4 calendar-too-long")]
    [InlineData("RRULE:FREQ=SECONDLY;UNTIL=20991231T000000Z", "4 calendar-too-long")]
    public void What_cannot_be_followed_is_refused_where_it_stands(string rule, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(CalendarFile.Of(CalendarFile.Night("u", 18, "secondary: chen", rule)))
        );

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20250418\r\nRRULE:FREQ=DAILY;UNTIL=20250420T235959Z", "8 event-day")]
    [InlineData("DTSTART:20250417T230000Z\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY;UNTIL=20250420", "9 event-day")]
    [InlineData(
        "DTSTART:20250417T230000Z\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20250419",
        "10 event-day"
    )]
    [InlineData(
        "DTSTART:20250417T230000Z\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:u\r\nSTATUS:CANCELLED\r\nRECURRENCE-ID;VALUE=DATE:20250419",
        "14 event-day"
    )]
    [InlineData("DTSTART;VALUE=DATE:20250418\r\nDTEND:20250419T070000Z", "8 event-end")]
    [InlineData("DTSTART:20250418T190000\r\nDTEND:20250419", "8 event-end")]
    [InlineData("DTSTART:20250418T190000\r\nDURATION:P1Y", "8 event-end")]
    [InlineData("DTSTART:20250418T190000", "4 ends-before-start")]
    [InlineData("DTSTART:20250418T190000\r\nDTEND:20250418T070000", "4 ends-before-start")]
    [InlineData("DTSTART;VALUE=DATE:20250418\r\nDTEND;VALUE=DATE:20250418", "4 ends-before-start")]
    [InlineData("DTSTART:yesterday", "7 calendar-time")]
    [InlineData("DTSTART:00010101T000000", "7 calendar-time")]
    [InlineData("DTSTART:20250230T190000", "7 calendar-time")]
    [InlineData("X-NOTE:nothing", "4 event-start")]
    public void What_has_no_beginning_or_end_is_refused_where_it_stands(string lines, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(
                CalendarFile.Of("BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:secondary: chen\r\n" + lines + "\r\nEND:VEVENT")
            )
        );
}
