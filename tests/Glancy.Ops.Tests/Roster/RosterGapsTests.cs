using FsCheck;
using FsCheck.Xunit;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Tests.Roster;

public sealed class RosterGapsTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunbookContent Content = RunbookFolders.Load();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_shipped_roster_works_out_for_a_year() =>
        Assert.Empty(RosterGaps.Between(Content, Start, Start.AddYears(1), []));

    [Fact]
    public void Somebody_who_is_both_Primary_and_Secondary_is_a_gap_for_just_that_time()
    {
        var (from, until) = (Start.AddHours(30), Start.AddHours(33));
        var primary = DutyRoster.Plan(Content, from).Holders["primary"][0].Id;

        var gap = Assert.Single(
            RosterGaps.Between(
                Content,
                Start,
                Start.AddDays(7),
                [new RosterOverride("secondary", primary, from, until, "x")]
            )
        );

        Assert.Equal((GapKind.Alone, "secondary", from, until), (gap.Kind, gap.Role, gap.From, gap.To));
    }

    [Fact]
    public void A_role_without_a_holder_is_one_gap_over_all_shifts()
    {
        var content = Content with
        {
            Roster = Content.Roster with
            {
                Standing = Content.Roster.Standing.Where(s => s.Key != "dba").ToDictionary(),
            },
        };

        var gap = Assert.Single(RosterGaps.Between(content, Start, Start.AddDays(7), []));

        Assert.Equal((GapKind.Nobody, "dba", Start, Start.AddDays(7)), (gap.Kind, gap.Role, gap.From, gap.To));
    }

    // Who holds what changes at boundaries, at the ends of overrides, at acceptances and when the kept time is over,
    // and nowhere else: looking at each of these and just before is looking at every minute of the year.
    [Property(MaxTest = 25)]
    public void At_every_minute_of_a_year_a_role_is_held_as_it_has_to_be_or_the_gap_is_reported(
        NonEmptyArray<(byte Role, byte Person, uint From, ushort Long)> drawn,
        (ushort Shift, ushort Late)[] accepted
    )
    {
        string[] roles = [.. Content.Roles.Keys];
        string[] people = [.. Content.People.Keys];
        const int Year = 365 * 24 * 60;
        var overrides = drawn
            .Get.Select(d => new RosterOverride(
                roles[d.Role % roles.Length],
                people[d.Person % people.Length],
                Start.AddMinutes(d.From % Year),
                Start.AddMinutes((d.From % Year) + 1 + d.Long),
                "x"
            ))
            .ToList();
        var boundaries = Enumerable.Range(0, 365 * 2).Select(i => Start.AddHours(-1).AddHours(12 * i)).ToList();
        var acceptances = accepted
            .GroupBy(a => boundaries[a.Shift % boundaries.Count])
            .ToDictionary(g => g.Key, g => g.Key.AddMinutes(g.First().Late % 90));
        var gaps = RosterGaps.Between(Content, Start.AddHours(-1), Start.AddDays(366), overrides);

        var points = boundaries
            .Concat(boundaries.Select(b => b + Content.Roster.Handover.KeptFor))
            .Concat(acceptances.Values)
            .Concat(overrides.SelectMany(o => new[] { o.From, o.To }))
            .SelectMany(at => new[] { at, at.AddMinutes(-1) });
        foreach (var at in points)
        {
            var planned = DutyRoster.Plan(Content, at, overrides);
            var holding = DutyRoster.Resolve(
                Content,
                at,
                acceptances.TryGetValue(planned.ShiftStart, out var when) ? when : null,
                overrides
            );
            foreach (var role in Content.Roles.Values)
            {
                var held = holding.Holders[role.Id].Count;
                Assert.True(role.ByShift ? held == 1 : held >= 1, $"{role.Id} at {at:O} is held by {held}");
            }

            var alone = planned.Holders["primary"][0].Id == planned.Holders["secondary"][0].Id;
            Assert.Equal(alone, gaps.Any(g => g.Kind == GapKind.Alone && g.From <= at && at < g.To));
        }
    }

    // The same where Primary is kept elsewhere: what is heard of it changes hands when it likes, and may leave nobody.
    [Property(MaxTest = 25)]
    public void Kept_elsewhere_a_role_is_held_by_whoever_was_heard_of_or_the_gap_is_reported(
        NonEmptyArray<(byte Person, uint From, ushort Long)> heard,
        (byte Role, byte Person, uint From, ushort Long)[] drawn
    )
    {
        string[] roles = [.. Content.Roles.Keys];
        string[] people = [.. Content.People.Keys];
        const int Week = 7 * 24 * 60;
        var turns = heard
            .Get.Select(h => new RosterTurn(
                "primary",
                people[h.Person % people.Length],
                Start.AddMinutes(h.From % Week),
                Start.AddMinutes((h.From % Week) + 1 + h.Long)
            ))
            .ToList();
        var overrides = drawn
            .Select(d => new RosterOverride(
                roles[d.Role % roles.Length],
                people[d.Person % people.Length],
                Start.AddMinutes(d.From % Week),
                Start.AddMinutes((d.From % Week) + 1 + d.Long),
                "x"
            ))
            .ToList();
        var until = Start.AddDays(5);
        var content = Content with
        {
            Roster = Content.Roster with { Heard = new HeardRoster([new HeardRole("primary", Start, until)], turns) },
        };
        var gaps = RosterGaps.Between(content, Start, Start.AddDays(8), overrides);

        var points = turns
            .SelectMany(t => new[] { t.From, t.To ?? t.From })
            .Concat(overrides.SelectMany(o => new[] { o.From, o.To }))
            .Append(until)
            .SelectMany(at => new[] { at, at.AddMinutes(-1) })
            .Where(at => at >= Start && at < Start.AddDays(8));
        foreach (var at in points)
        {
            string[] held = [.. DutyRoster.Plan(content, at, overrides).Holders["primary"].Select(p => p.Id)];
            string[] expected =
                overrides.LastOrDefault(o => o.Role == "primary" && o.From <= at && at < o.To) is { } change
                    ? [change.Person]
                : at < until ? [.. turns.Where(t => t.Covers(at)).Select(t => t.Person).Distinct()]
                : [.. DutyRoster.Plan(Content, at).Holders["primary"].Select(p => p.Id)];
            Assert.Equal(expected, held);
            Assert.Equal(
                held.Length != 1,
                gaps.Any(g =>
                    g.Role == "primary" && g.Kind is GapKind.Nobody or GapKind.Several && g.From <= at && at < g.To
                )
            );
        }
    }

    [Fact]
    public async Task It_is_said_once_a_day_as_long_as_it_does_not_work_out()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var round = house.Get<RosterGapJob>();
        await round.GoAsync(Token);
        Assert.Empty(await house.Get<NoticeBoard>().ListAsync(0, 10, Token));
        await house
            .Get<RosterDesk>()
            .GiveAsync(
                house.Person("mei"),
                "secondary",
                "chen",
                house.Now.AddDays(2).AddHours(10),
                house.Now.AddDays(2).AddHours(12),
                "wu is away",
                Token
            );

        await round.GoAsync(Token);
        await round.GoAsync(Token);
        house.Advance(TimeSpan.FromHours(15));
        await round.GoAsync(Token);

        Assert.Equal(
            2,
            (await house.Get<NoticeBoard>().ListAsync(0, 10, Token)).Count(n => n.Template == RosterGapJob.CardTemplate)
        );
        house.Advance(TimeSpan.FromDays(3));
        await round.GoAsync(Token);
        Assert.Equal(
            2,
            (await house.Get<NoticeBoard>().ListAsync(0, 10, Token)).Count(n => n.Template == RosterGapJob.CardTemplate)
        );
    }
}
