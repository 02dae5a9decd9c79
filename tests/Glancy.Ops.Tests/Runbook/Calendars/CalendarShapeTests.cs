namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>The file itself: each refusal has its line and its cause.</summary>
public sealed class CalendarShapeTests
{
    private static readonly string Night = CalendarFile.Night("a", 18, "secondary: chen");

    [Theory]
    [InlineData("secondary: chen\n", "1 calendar-begin")]
    [InlineData("", "1 calendar-empty")]
    [InlineData("<html>\n<body>Sign in</body>\n</html>\n", "1 calendar-begin")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT\n", "1 calendar-begin")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "1 calendar-empty")]
    [InlineData(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTODO\nSUMMARY:secondary: chen\nEND:VTODO\nEND:VCALENDAR\n",
        "1 calendar-empty"
    )]
    [InlineData("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n", "2 calendar-version")]
    public void What_is_no_calendar_is_refused_where_it_stops_being_one(string text, string problem) =>
        Assert.Equal([problem], CalendarFile.Problems(text));

    [Fact]
    public void Two_calendars_in_one_file_are_refused_at_the_second() =>
        Assert.Equal(["12 calendar-second"], CalendarFile.Problems(CalendarFile.Of(Night) + CalendarFile.Of(Night)));

    [Fact]
    public void A_calendar_that_breaks_off_is_refused_where_the_open_part_began()
    {
        var whole = CalendarFile.Of(Night);
        Assert.Equal(
            ["4 calendar-unclosed"],
            CalendarFile.Problems(whole[..whole.IndexOf("END:VEVENT", StringComparison.Ordinal)])
        );
        Assert.Equal(
            ["1 calendar-unclosed"],
            CalendarFile.Problems(whole[..whole.IndexOf("END:VCALENDAR", StringComparison.Ordinal)])
        );
        Assert.Equal(
            ["11 calendar-line"],
            CalendarFile.Problems(whole.Replace("END:VCALENDAR", "END-VCALENDAR", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\n\n", "")]
    public void Folded_lines_marks_and_any_end_of_line_are_read(string end, string before)
    {
        var text =
            before
            + CalendarFile
                .Of(Night)
                .Replace(
                    "SUMMARY:secondary: chen",
                    "SUMMARY;LANGUAGE=zh-CN:second\r\n ary\r\n\t： 陈\r\n 默",
                    StringComparison.Ordinal
                )
                .Replace("\r\n", end, StringComparison.Ordinal);
        Assert.Equal(["secondary=chen 04-18 19:00..04-19 07:00"], CalendarFile.Entries(text));
    }

    [Fact]
    public void An_alarm_inside_an_event_is_no_part_of_it() =>
        Assert.Equal(
            ["secondary=chen 04-18 19:00..04-19 07:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    CalendarFile.Night(
                        "a",
                        18,
                        "secondary: chen",
                        "BEGIN:VALARM",
                        "SUMMARY:primary: wu",
                        "DURATION:PT1H",
                        "TRIGGER:-PT15M",
                        "END:VALARM"
                    )
                )
            )
        );

    [Theory]
    [InlineData("SUMMARY:wu is on call", "4 event-summary")]
    [InlineData("SUMMARY:On Call - 陈默 - Glancy Primary", "4 event-summary")]
    [InlineData("SUMMARY:chief: wu", "4 unknown-role")]
    [InlineData("SUMMARY:secondary: nobody", "4 unknown-person")]
    [InlineData("SUMMARY:值班 SRE: chen", "4 ambiguous-role")]
    public void A_title_that_names_no_role_or_person_is_refused_with_its_event(string summary, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(
                CalendarFile.Of(CalendarFile.Event(summary, "UID:a", "DTSTART:20250418T190000", "DURATION:PT12H"))
            )
        );

    [Theory]
    [InlineData("secondary: @chen")]
    [InlineData("Secondary: 陈默（chen）")]
    [InlineData("Secondary on call: 陈默 (chen)")]
    [InlineData("值班 SRE（Secondary）：CHEN")]
    [InlineData("ＳＥＣＯＮＤＡＲＹ： ｃｈｅｎ")]
    [InlineData("secondary: <@UCHEN0000>")]
    public void Roles_and_persons_are_named_as_anywhere_else(string summary) =>
        Assert.Equal(
            ["secondary=chen 04-18 19:00..04-19 07:00"],
            CalendarFile.Entries(CalendarFile.Of(CalendarFile.Night("a", 18, summary)))
        );
}
