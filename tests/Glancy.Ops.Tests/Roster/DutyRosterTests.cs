using FsCheck;
using FsCheck.Xunit;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Tests.Roster;

public sealed class DutyRosterTests
{
    private static readonly RunbookContent Content = RunbookFolders.Load();

    [Theory]
    [InlineData("2025-04-17T22:59:59Z", "night", "chen")]
    [InlineData("2025-04-17T23:00:00Z", "day", "lin")]
    [InlineData("2025-04-18T01:20:00Z", "day", "lin")]
    [InlineData("2025-04-18T10:59:59Z", "day", "lin")]
    [InlineData("2025-04-18T11:00:00Z", "night", "chen")]
    [InlineData("2025-04-18T18:00:00Z", "night", "chen")]
    public void The_shift_changes_at_seven_in_Shanghai(string at, string shift, string primary)
    {
        var onCall = DutyRoster.Plan(Content, Instant(at));

        Assert.Equal(shift, onCall.Shift.Id);
        Assert.Equal(primary, Assert.Single(onCall.Holders["primary"]).Id);
        Assert.True(onCall.ShiftStart <= Instant(at) && Instant(at) < onCall.ShiftEnd);
        Assert.Equal(TimeSpan.FromHours(12), onCall.ShiftEnd - onCall.ShiftStart);
    }

    // Friday, Saturday, the Sunday that is worked for Labour Day, a holiday on a Thursday, and the night that begins on
    // it.
    [Theory]
    [InlineData("2025-04-25T04:00:00Z", "rotation")]
    [InlineData("2025-04-26T04:00:00Z", "rest")]
    [InlineData("2025-04-27T04:00:00Z", "rotation")]
    [InlineData("2025-05-01T04:00:00Z", "rest")]
    [InlineData("2025-05-05T22:30:00Z", "rest")]
    [InlineData("2025-05-05T23:30:00Z", "rotation")]
    public void Days_off_have_a_rotation_of_their_own_where_there_is_one(string at, string which)
    {
        var rest = new RotationWeek(
            new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["day"] = new Dictionary<string, string> { ["primary"] = "mei", ["secondary"] = "han" },
                ["night"] = new Dictionary<string, string> { ["primary"] = "mei", ["secondary"] = "han" },
            }
        );
        var content = Content with { Roster = Content.Roster with { RestRotation = [rest] } };

        Assert.Equal(which == "rest", DutyRoster.Plan(content, Instant(at)).Holders["primary"][0].Id == "mei");
        Assert.NotEqual("mei", DutyRoster.Plan(Content, Instant(at)).Holders["primary"][0].Id);
    }

    [Fact]
    public void A_shift_knows_the_holiday_on_which_it_begins()
    {
        Assert.Equal(
            (DayKind.Holiday, "劳动节"),
            DutyRoster.Plan(Content, Instant("2025-05-05T22:30:00Z")).Day is { } day ? (day.Kind, day.Name.Zh) : default
        );
        Assert.Equal(DayKind.Workday, DutyRoster.Plan(Content, Instant("2025-04-27T04:00:00Z")).Day?.Kind);
        Assert.Null(DutyRoster.Plan(Content, Instant("2025-05-05T23:30:00Z")).Day);
    }

    [Fact]
    public void After_midnight_the_night_still_belongs_to_the_day_it_began()
    {
        var before = DutyRoster.Plan(Content, Instant("2025-04-20T15:00:00Z"));
        var after = DutyRoster.Plan(Content, Instant("2025-04-20T17:00:00Z"));

        Assert.Equal(before.ShiftStart, after.ShiftStart);
        Assert.Equal(before.Holders["primary"], after.Holders["primary"]);
    }

    [Fact]
    public void At_every_quarter_of_an_hour_of_a_year_each_role_has_its_holders()
    {
        var at = Instant("2024-12-25T00:00:00Z");
        for (var i = 0; i < 366 * 24 * 4; i++, at += TimeSpan.FromMinutes(15))
        {
            var onCall = DutyRoster.Plan(Content, at);
            Assert.Single(onCall.Holders["primary"]);
            Assert.Single(onCall.Holders["secondary"]);
            Assert.NotEqual(onCall.Holders["primary"][0].Id, onCall.Holders["secondary"][0].Id);
            Assert.NotEmpty(onCall.Holders["release-manager"]);
        }
    }

    [Fact]
    public void An_override_takes_the_role_over_for_its_time_and_no_longer()
    {
        var from = Instant("2025-04-18T02:00:00Z");
        var to = Instant("2025-04-18T03:00:00Z");
        var content = Content with
        {
            Roster = Content.Roster with { Overrides = [new RosterOverride("primary", "zhao", from, to, "doctor")] },
        };

        Assert.Equal("lin", DutyRoster.Plan(content, from.AddTicks(-1)).Holders["primary"][0].Id);
        Assert.Equal("zhao", DutyRoster.Plan(content, from).Holders["primary"][0].Id);
        Assert.Equal("lin", DutyRoster.Plan(content, to).Holders["primary"][0].Id);
    }

    [Property(MaxTest = 200)]
    public void Under_any_overrides_Primary_and_Secondary_have_one_holder_and_the_others_at_least_one(
        NonEmptyArray<(byte Role, byte Person, ushort From, ushort Long)> drawn,
        ushort when
    )
    {
        string[] roles = [.. Content.Roles.Keys, "gone"];
        string[] people = [.. Content.People.Keys, "left"];
        var start = Instant("2025-04-18T00:00:00Z");
        var overrides = drawn
            .Get.Select(d => new RosterOverride(
                roles[d.Role % roles.Length],
                people[d.Person % people.Length],
                start.AddMinutes(d.From),
                start.AddMinutes(d.From + 1 + d.Long),
                "x"
            ))
            .ToList();
        var at = start.AddMinutes(when);

        var onCall = DutyRoster.Plan(Content, at, overrides);

        Assert.Single(onCall.Holders["primary"]);
        Assert.Single(onCall.Holders["secondary"]);
        Assert.All(onCall.Holders.Values, holders => Assert.NotEmpty(holders));
        foreach (
            var last in overrides
                .Where(o => o.From <= at && at < o.To && Content.People.ContainsKey(o.Person))
                .GroupBy(o => o.Role)
                .Select(g => g.Last())
                .Where(o => o.Role != "gone")
        )
        {
            Assert.Equal(last.Person, Assert.Single(onCall.Holders[last.Role]).Id);
        }
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
