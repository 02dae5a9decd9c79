namespace Glancy.Ops.Tests.Runbook;

/// <summary>Two entries under <c>roster/</c> that cannot both be true.</summary>
public sealed class RosterContradictionTests
{
    private const string Wu = "role,person,from,to\nprimary,wu,2025-05-01 19:00,2025-05-01 23:00\n";

    [Fact]
    public void Two_files_that_give_a_role_to_two_persons_at_once_are_named_both() =>
        Assert.Equal(
            ["roster/b.yaml:2 roster-contradiction primary chen wu roster/a.csv:2"],
            Problems(("roster/a.csv", Wu), ("roster/b.yaml", Own("primary", "chen", "22:00", "23:30")))
        );

    [Fact]
    public void A_calendar_contradicts_as_well_and_what_repeats_is_told_once() =>
        Assert.Equal(
            ["roster/b.ics:2 roster-contradiction primary chen wu roster/a.yaml:2"],
            Problems(
                (
                    "roster/a.yaml",
                    "overrides:\n  - { role: primary, person: wu, from: \"2025-05-01T07:00+08:00\", to: "
                        + "\"2025-05-09T19:00+08:00\", reason: leave }\n"
                ),
                (
                    "roster/b.ics",
                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:primary: "
                        + "chen\nDTSTART:20250502T070000\nDTEND:20250502T190000\nRRULE:FREQ=DAILY;COUNT=4\n"
                        + "END:VEVENT\nEND:VCALENDAR\n"
                )
            )
        );

    [Fact]
    public void Three_of_them_are_three_pairs() =>
        Assert.Equal(
            ["roster/b.yaml:2", "roster/c.yaml:2", "roster/c.yaml:2"],
            Problems(
                    ("roster/a.csv", Wu),
                    ("roster/b.yaml", Own("primary", "chen", "20:00", "22:00")),
                    ("roster/c.yaml", Own("primary", "zhao", "21:00", "22:00"))
                )
                .Select(p => p.Split(' ')[0])
        );

    [Theory]
    [InlineData("primary", "wu", "20:00", "22:00")]
    [InlineData("primary", "chen", "23:00", "23:30")]
    [InlineData("primary", "chen", "18:00", "19:00")]
    [InlineData("secondary", "chen", "20:00", "22:00")]
    public void The_same_person_another_time_and_another_role_are_none(
        string role,
        string person,
        string from,
        string to
    ) => Assert.Empty(Problems(("roster/a.csv", Wu), ("roster/b.yaml", Own(role, person, from, to))));

    private static string Own(string role, string person, string from, string to) =>
        $"overrides:\n  - {{ role: {role}, person: {person}, from: \"2025-05-01T{from}+08:00\", to: "
        + $"\"2025-05-01T{to}+08:00\", reason: leave }}\n";

    private static List<string> Problems(params (string File, string Text)[] files)
    {
        using var copy = new RunbookCopy();
        foreach (var (file, text) in files)
        {
            copy.Write(file, text);
        }

        return
        [
            .. copy.Load().Problems.Select(p => $"{p.File}:{p.Line} {p.Code} {string.Join(' ', p.Arguments.Take(4))}"),
        ];
    }
}
