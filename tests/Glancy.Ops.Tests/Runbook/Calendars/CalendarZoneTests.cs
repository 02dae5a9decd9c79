namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>
/// A zone is what the file says it is (RFC 5545 3.2.19, 3.6.5), else a name known exactly, else refused.
/// </summary>
public sealed class CalendarZoneTests
{
    [Theory]
    [InlineData("Customized Time Zone")]
    [InlineData(
        "(UTC+08:00) Beijing\\, Chongqing\\, Hong Kong\\, Urumqi",
        "\"(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi\""
    )]
    [InlineData("(GMT+08.00) Beijing/Hong Kong")]
    [InlineData("GMT+0800")]
    [InlineData("GMT")]
    [InlineData("CST")]
    [InlineData("Asia/Shanghai")]
    [InlineData("China Standard Time")]
    [InlineData("/freeassociation.sourceforge.net/Asia/Shanghai")]
    [InlineData("tzone://Microsoft/Custom", "\"tzone://Microsoft/Custom\"")]
    public void The_file_s_own_zone_counts_whatever_its_name(string id, string? said = null)
    {
        string[] parts = [CalendarFile.Fixed(id, "+0900"), Night(said ?? id)];
        Assert.Equal(["secondary=chen 04-18 18:00..04-19 06:00"], CalendarFile.Entries(CalendarFile.Of(parts)));
        Assert.Equal(
            ["secondary=chen 04-18 18:00..04-19 06:00"],
            CalendarFile.Entries(CalendarFile.Of(parts[1], parts[0]))
        );
    }

    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("asia/tokyo")]
    [InlineData("Tokyo Standard Time")]
    [InlineData("Etc/GMT-9")]
    [InlineData("Japan")]
    public void A_name_known_exactly_needs_no_description(string id) =>
        Assert.Equal(["secondary=chen 04-18 18:00..04-19 06:00"], CalendarFile.Entries(CalendarFile.Of(Night(id))));

    [Theory]
    [InlineData("CST")]
    [InlineData("GMT+0800")]
    [InlineData("UTC+8")]
    [InlineData("Beijing Time")]
    [InlineData("Shanghai")]
    [InlineData("My Asia/Shanghai")]
    [InlineData("Asia/Shanghai2")]
    [InlineData("Asia")]
    [InlineData("(GMT+08.00) Beijing/Hong Kong")]
    [InlineData("Customized Time Zone")]
    [InlineData("/freeassociation.sourceforge.net/Asia/Shanghai")]
    [InlineData("\"(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi\"")]
    [InlineData("\"tzone://Microsoft/Utc\"")]
    [InlineData("Standard Time")]
    public void Any_other_name_is_refused_with_its_line(string id) =>
        Assert.Equal(["7 calendar-zone"], CalendarFile.Problems(CalendarFile.Of(Night(id))));

    [Fact]
    public void One_unknown_zone_among_many_events_is_found_where_it_stands() =>
        Assert.Equal(
            ["16 calendar-zone"],
            CalendarFile.Problems(
                CalendarFile.Of(
                    CalendarFile.Night("a", 18, "secondary: chen"),
                    CalendarFile.Event(
                        "UID:b",
                        "SUMMARY:secondary: wu",
                        "DURATION:PT12H",
                        "DTSTART;TZID=Beijing Time:20250419T190000"
                    )
                )
            )
        );

    [Theory]
    [InlineData(
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0900\r\nEND:STANDARD",
        "6 calendar-zone-broken"
    )]
    [InlineData("BEGIN:STANDARD\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD", "6 calendar-zone-broken")]
    [InlineData(
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:nine\r\nEND:STANDARD",
        "6 calendar-zone-broken"
    )]
    [InlineData(
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY;BYDAY=XX\r\nTZOFFSETFROM:+0900\r\n"
            + "TZOFFSETTO:+0900\r\nEND:STANDARD",
        "6 calendar-zone-broken"
    )]
    [InlineData("X-LIC-LOCATION:Asia/Tokyo", "4 calendar-zone-broken")]
    public void A_description_that_says_no_offset_is_refused(string inside, string problem) =>
        Assert.Equal(
            [problem],
            CalendarFile.Problems(
                CalendarFile.Of("BEGIN:VTIMEZONE\r\nTZID:Z\r\n" + inside + "\r\nEND:VTIMEZONE", Night("Z"))
            )
        );

    [Fact]
    public void A_zone_described_twice_in_two_ways_is_refused() =>
        Assert.Equal(
            ["12 calendar-zone-twice"],
            CalendarFile.Problems(
                CalendarFile.Of(CalendarFile.Fixed("Z", "+0900"), CalendarFile.Fixed("Z", "+0800"), Night("Z"))
            )
        );

    [Fact]
    public void The_nights_of_a_change_end_when_the_clock_says_so() =>
        Assert.Equal(
            [
                // Central Europe goes forward on 30 March and back on 26 October 2025.
                "secondary=chen 03-30 02:00..03-30 13:00",
                "secondary=chen 03-31 01:00..03-31 13:00",
                "secondary=chen 04-01 01:00..04-01 13:00",
                "primary=wu 10-26 01:00..10-26 14:00",
                "primary=wu 10-27 02:00..10-27 14:00",
            ],
            CalendarFile.Entries(
                CalendarFile.Of(
                    Berlin("W. Europe"),
                    CalendarFile.Event(
                        "UID:a",
                        "SUMMARY:secondary: chen",
                        "DTSTART;TZID=W. Europe:20250329T190000",
                        "DTEND;TZID=W. Europe:20250330T070000",
                        "RRULE:FREQ=DAILY;COUNT=3"
                    ),
                    CalendarFile.Event(
                        "UID:b",
                        "SUMMARY:primary: wu",
                        "DTSTART;TZID=W. Europe:20251025T190000",
                        "DTEND;TZID=W. Europe:20251026T070000",
                        "RRULE:FREQ=DAILY;COUNT=2"
                    )
                )
            )
        );

    [Fact]
    public void Hours_are_hours_and_days_are_days_over_a_change() =>
        Assert.Equal(
            ["secondary=chen 03-30 02:00..03-30 14:00", "primary=wu 03-30 02:00..03-31 01:00"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    Berlin("Z"),
                    CalendarFile.Event(
                        "UID:a",
                        "SUMMARY:secondary: chen",
                        "DTSTART;TZID=Z:20250329T190000",
                        "DURATION:PT12H"
                    ),
                    CalendarFile.Event("UID:b", "SUMMARY:primary: wu", "DTSTART;TZID=Z:20250329T190000", "DURATION:P1D")
                )
            )
        );

    [Fact]
    public void An_hour_that_does_not_exist_or_exists_twice_is_read_as_the_standard_says() =>
        Assert.Equal(
            ["secondary=chen 03-30 09:30..03-30 10:30", "primary=wu 10-26 08:30..10-26 10:30"],
            CalendarFile.Entries(
                CalendarFile.Of(
                    Berlin("Z"),
                    CalendarFile.Event(
                        "UID:a",
                        "SUMMARY:secondary: chen",
                        "DTSTART;TZID=Z:20250330T023000",
                        "DURATION:PT1H"
                    ),
                    CalendarFile.Event(
                        "UID:b",
                        "SUMMARY:primary: wu",
                        "DTSTART;TZID=Z:20251026T023000",
                        "DTEND;TZID=Z:20251026T033000"
                    )
                )
            )
        );

    [Fact]
    public void Times_without_a_zone_are_the_roster_s_and_that_is_known()
    {
        var loaded = CalendarFile.Load(
            CalendarFile.Of(
                CalendarFile.Event(
                    "UID:a",
                    "SUMMARY:secondary: chen",
                    "DTSTART:20250418T190000",
                    "DTEND:20250419T070000",
                    "RRULE:FREQ=DAILY;COUNT=2"
                )
            )
        );

        Assert.NotNull(loaded.Content);
        Assert.Equal(new DateTimeOffset(2025, 4, 18, 11, 0, 0, TimeSpan.Zero), loaded.Content.Roster.Overrides[0].From);
        Assert.Equal(2, Assert.Single(loaded.Content.Roster.Imports, f => f.File == CalendarFile.Name).Floating);
    }

    [Theory]
    [InlineData("X-WR-TIMEZONE:Asia/Shanghai", null)]
    [InlineData("X-WR-TIMEZONE:PRC", null)]
    [InlineData("X-WR-TIMEZONE:Asia/Tokyo", "8 calendar-zone-floating")]
    public void A_calendar_whose_own_zone_is_another_does_not_leave_times_without_one(string own, string? problem)
    {
        var text = CalendarFile.Of(
            own,
            CalendarFile.Event("UID:a", "DTSTART:20250418T190000", "DURATION:PT12H", "SUMMARY:secondary: chen")
        );
        if (problem is null)
        {
            Assert.Equal(["secondary=chen 04-18 19:00..04-19 07:00"], CalendarFile.Entries(text));
        }
        else
        {
            Assert.Equal([problem], CalendarFile.Problems(text));
        }
    }

    private static string Night(string zone) =>
        CalendarFile.Event(
            "UID:z",
            $"DTSTART;TZID={zone}:20250418T190000",
            $"DTEND;TZID={zone}:20250419T070000",
            "SUMMARY:secondary: chen"
        );

    private static string Berlin(string id) =>
        string.Join(
            "\r\n",
            "BEGIN:VTIMEZONE",
            "TZID:" + id,
            "BEGIN:STANDARD",
            "DTSTART:16010101T030000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "END:STANDARD",
            "BEGIN:DAYLIGHT",
            "DTSTART:16010101T020000",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            "END:DAYLIGHT",
            "END:VTIMEZONE"
        );
}
