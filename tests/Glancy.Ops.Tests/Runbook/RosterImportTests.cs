using System.Globalization;
using Glancy.Ops.Roster;

namespace Glancy.Ops.Tests.Runbook;

/// <summary>Rosters of other tools under <c>runbook/roster/</c>.</summary>
public sealed class RosterImportTests
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    [Fact]
    public void A_table_gives_overrides_with_or_without_offsets_and_reasons() =>
        Assert.Equal(
            ["primary=wu 05-01 07:00..05-01 19:00 leave, of lin", "dba=han 05-02 00:00..05-03 00:00 "],
            Read(
                "roster/may.csv",
                "\uFEFFrole, person, from, to, reason\nprimary, wu, 2025-05-01 07:00, 2025-05-01 19:00, \"leave, of "
                    + "lin\"\n# the exchange's own clock\ndba,han,2025-05-01T16:00:00Z,2025-05-02T16:00:00+00:00,\n"
            )
        );

    [Fact]
    public void A_calendar_knows_ids_and_names_zones_whole_days_and_repetition() =>
        Assert.Equal(
            [
                "primary=wu 05-01 07:00..05-01 19:00 leave",
                "secondary=chen 05-01 19:00..05-02 07:00 roster/may.ics",
                "dba=han 05-03 07:00..05-05 07:00 roster/may.ics",
                "primary=zhao 05-06 07:00..05-06 19:00 roster/may.ics",
                "primary=zhao 05-13 07:00..05-13 19:00 roster/may.ics",
            ],
            Read(
                "roster/may.ics",
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//calendar//EN
                BEGIN:VEVENT
                UID:1
                SUMMARY:primary: wu
                DESCRIPTION:leave
                DTSTART;TZID=Asia/Shanghai:20250501T070000
                DTEND;TZID=Asia/Shanghai:20250501T190000
                END:VEVENT
                BEGIN:VEVENT
                UID:2
                SUMMARY:Secondary：陈默
                DTSTART:20250501T110000Z
                DURATION:PT12H
                END:VEVENT
                BEGIN:VEVENT
                UID:3
                SUMMARY:DBA: 韩立
                DTSTART;VALUE=DATE:20250503
                DTEND;VALUE=DATE:20250505
                END:VEVENT
                BEGIN:VEVENT
                UID:4
                SUMMARY:primary: zhao
                DTSTART:20250506T070000
                DTEND:20250506T190000
                RRULE:FREQ=WEEKLY;COUNT=3
                EXDATE:20250520T070000
                END:VEVENT
                END:VCALENDAR

                """
            )
        );

    [Theory]
    [InlineData("2025/5/1 7:00", "2025/5/1 19:00")]
    [InlineData("2025/05/01 07:00:00", "2025/05/01 19:00:00")]
    [InlineData("2025-5-1 7:00", "2025-05-01T19:00")]
    [InlineData("2025-04-30T23:00Z", "2025/5/1 19:00+08:00")]
    public void Times_as_spreadsheets_write_them_are_read_where_the_year_stands_first(string from, string to) =>
        Assert.Equal(
            ["primary=wu 05-01 07:00..05-01 19:00 roster/may.csv"],
            Read("roster/may.csv", $"Role,Person,From,To\n\"primary\",wu,{from},{to}\n")
        );

    [Theory]
    [InlineData(",,,,\n")]
    [InlineData(" , ,\t,,\r\n,,,,\r\n")]
    [InlineData("\"\",\"\",,,\n\n")]
    public void Rows_of_commas_alone_are_no_rows(string rows) =>
        Assert.Equal(
            ["primary=wu 05-01 07:00..05-01 19:00 x", "dba=han 05-01 07:00..05-01 19:00 "],
            Read(
                "roster/may.csv",
                $"role,person,from,to,reason\nprimary,wu,2025-05-01 07:00,2025-05-01 "
                    + $"19:00,x\n{rows}dba,han,2025-05-01 07:00,2025-05-01 19:00,\n{rows}"
            )
        );

    [Theory]
    [InlineData("Primary on call", "吴桐")]
    [InlineData("值班 SRE（Primary）", "吴桐（wu）")]
    [InlineData("PRIMARY", "@Wu")]
    [InlineData("Ｐｒｉｍａｒｙ", "<@UWU000000|tong>")]
    public void Roles_and_persons_of_a_table_are_named_as_anywhere_else(string role, string person) =>
        Assert.Equal(
            ["primary=wu 05-01 07:00..05-01 19:00 roster/may.csv"],
            Read("roster/may.csv", $"role,person,from,to\n{role},{person},2025-05-01 07:00,2025-05-01 19:00\n")
        );

    [Fact]
    public void What_each_file_gave_is_known_even_when_it_gave_nothing()
    {
        using var copy = new RunbookCopy();
        copy.Write(
            "roster/a.csv",
            "role,person,from,to\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00\ndba,han,2025-05-01 07:00,2025-05-01 "
                + "19:00\n"
        );
        copy.Write("roster/b.csv", "role,person,from,to\n");
        copy.Write(
            "roster/c.yaml",
            "overrides:\n  - { role: primary, person: wu, from: \"2025-05-01T07:00+08:00\", to: "
                + "\"2025-05-01T19:00+08:00\", reason: leave }\n"
        );

        var imports = copy.Load().Content?.Roster.Imports ?? [];

        Assert.Equal(
            ["roster/a.csv 2 0", "roster/b.csv 0 0", "roster/c.yaml 1 0"],
            imports.Where(i => i.File[7] < 'd').Select(i => $"{i.File} {i.Overrides.Count} {i.Days}")
        );
        Assert.All(
            imports.Where(i => i.File.Contains("days-", StringComparison.Ordinal)),
            i => Assert.True(i.Days > 0)
        );
    }

    [Fact]
    public void Our_own_form_is_that_of_the_roster() =>
        Assert.Equal(
            ["primary=wu 05-01 07:00..05-01 19:00 leave"],
            Read(
                "roster/may.yaml",
                "overrides:\n  - { role: primary, person: wu, from: \"2025-05-01T07:00+08:00\", to: "
                    + "\"2025-05-01T19:00+08:00\", reason: leave }\n"
            )
        );

    [Fact]
    public void What_the_roster_itself_says_is_stronger()
    {
        using var copy = new RunbookCopy();
        copy.Write("roster/may.csv", "role,person,from,to\nprimary,chen,2025-05-01 07:00,2025-05-01 19:00\n");
        copy.Replace(
            "roster.yaml",
            "overrides: []",
            "overrides:\n  - { role: primary, person: zhao, from: \"2025-05-01T07:00+08:00\", to: "
                + "\"2025-05-01T19:00+08:00\", reason: leave }"
        );

        var content = copy.Load().Content;

        Assert.NotNull(content);
        var plan = DutyRoster.Plan(content, new DateTimeOffset(2025, 5, 1, 9, 0, 0, Shanghai), []);
        Assert.Equal("zhao", Assert.Single(plan.Holders["primary"]).Id);
    }

    private static List<string> Read(string file, string text)
    {
        using var copy = new RunbookCopy();
        copy.Write(file, text);
        var loaded = copy.Load();
        Assert.Empty(loaded.Problems.Select(RunbookFolders.Written));
        return
        [
            .. (loaded.Content?.Roster.Overrides ?? []).Select(o =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{o.Role}={o.Person} "
                        + $"{o.From.ToOffset(Shanghai):MM-dd HH:mm}..{o.To.ToOffset(Shanghai):MM-dd HH:mm} {o.Reason}"
                )
            ),
        ];
    }
}
