using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Roster.Sources;
using Glancy.Ops.Tests.Connectors.PagerDuty;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Tests.Roster;

/// <summary>Roles that are kept in PagerDuty (C1), asked by its contract.</summary>
public sealed class RosterSourceTests(PostgresFixture postgres)
{
    private const string Schedule = "PABC123";

    // The house begins at 09:30 in Shanghai; the rotation has lin then.
    private static readonly DateTimeOffset Began = new(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_on_call_there_holds_the_role_and_the_next_one_follows()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(-2), Began.AddHours(4)));
        pager.Turns.Add((Schedule, "PCHEN", Began.AddHours(4), Began.AddHours(400)));
        pager.Turns.Add(("POTHER", "PMEI", Began.AddHours(-2), Began.AddHours(4)));
        Assert.Equal("lin", await PrimaryAsync(house));

        await GoAsync(house);
        Assert.Equal("wu", await PrimaryAsync(house));
        Assert.Equal(
            "chen",
            Assert
                .Single((await house.Get<DutyRoster>().PlannedAsync(house.Now.AddHours(5), Token)).Holders["primary"])
                .Id
        );

        // What was so before it was heard stays so.
        Assert.Equal(
            "lin",
            Assert
                .Single((await house.Get<DutyRoster>().HoldersAsync(Began.AddMinutes(-1), Token)).Holders["primary"])
                .Id
        );

        house.Advance(TimeSpan.FromHours(4));
        await GoAsync(house);
        Assert.Equal("chen", await PrimaryAsync(house));
        Assert.Equal(
            "wu",
            Assert
                .Single((await house.Get<DutyRoster>().HoldersAsync(Began.AddMinutes(1), Token)).Holders["primary"])
                .Id
        );
        Assert.Empty(pager.Wrong);
    }

    [Fact]
    public async Task An_override_counts_before_it()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PWU", null, null));
        await GoAsync(house);

        Assert.IsType<RosterOutcome.Accepted>(
            await house.Get<RosterDesk>().TakeAsync(house.Person("zhao"), "primary", null, "wu does not answer", Token)
        );

        Assert.Equal("zhao", await PrimaryAsync(house));
        await GoAsync(house);
        Assert.Equal("zhao", await PrimaryAsync(house));
    }

    [Fact]
    public async Task Somebody_who_takes_over_there_has_it_from_when_that_was_seen()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(-2), Began.AddHours(4)));
        await GoAsync(house);
        pager.Turns.Clear();
        pager.Turns.Add((Schedule, "PCHEN", Began.AddHours(-1), Began.AddHours(4)));
        house.Advance(TimeSpan.FromMinutes(10));
        await GoAsync(house);
        await GoAsync(house);

        Assert.Equal("chen", await PrimaryAsync(house));
        Assert.Equal(
            "wu",
            Assert
                .Single((await house.Get<DutyRoster>().HoldersAsync(Began.AddMinutes(9), Token)).Holders["primary"])
                .Id
        );
    }

    [Fact]
    public async Task First_heard_after_a_change_of_shift_that_nobody_accepted_it_leaves_the_role_with_whoever_had_it()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        var boundary = Began.AddHours(9.5);
        pager.Turns.Add((Schedule, "PWU", boundary, boundary.AddHours(12)));
        house.Advance(TimeSpan.FromHours(9.5) + TimeSpan.FromMinutes(5));
        await GoAsync(house);

        Assert.Equal("lin", await PrimaryAsync(house));
        house.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal("wu", await PrimaryAsync(house));
    }

    [Fact]
    public void Nobody_keeps_a_role_that_nobody_held_before_the_change_of_shift()
    {
        var content = RunbookFolders.Load();
        var shift = DutyRoster.Plan(content, Began);
        content = content with
        {
            Roster = content.Roster with
            {
                Heard = new HeardRoster(
                    [new HeardRole("primary", Began, null)],
                    [new RosterTurn("primary", "wu", shift.ShiftEnd, null)]
                ),
            },
        };

        Assert.Empty(DutyRoster.Resolve(content, shift.ShiftEnd.AddMinutes(-1), shift.ShiftStart).Holders["primary"]);
        Assert.Equal(
            "wu",
            Assert.Single(DutyRoster.Resolve(content, shift.ShiftEnd.AddMinutes(5), null).Holders["primary"]).Id
        );
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(503, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{ "more": false }""")]
    [InlineData(200, """{ "oncalls": [{ "user": { "id": "PWU" }, "schedule": { "id": "POTHER" } }] }""")]
    [InlineData(200, """{ "oncalls": [{ "schedule": { "id": "PABC123" } }] }""")]
    [InlineData(200, """{ "oncalls": [null] }""")]
    public async Task Unheard_for_too_long_it_counts_no_longer_and_that_is_said_once_as_is_its_return(
        int status,
        string body
    )
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(-2), Began.AddHours(4)));
        await GoAsync(house);

        pager.Instead = (status, body);
        house.Advance(TimeSpan.FromMinutes(29));
        await GoAsync(house);
        Assert.Equal("wu", await PrimaryAsync(house));
        Assert.Empty(await SaidAsync(house));
        house.Advance(TimeSpan.FromMinutes(1));
        await GoAsync(house);
        house.Advance(TimeSpan.FromMinutes(1));
        await GoAsync(house);
        Assert.Equal("lin", await PrimaryAsync(house));
        Assert.Equal([RosterSourceJob.LostTemplate], await SaidAsync(house));

        pager.Instead = null;
        await GoAsync(house);
        Assert.Equal("wu", await PrimaryAsync(house));
        Assert.Equal([RosterSourceJob.LostTemplate, RosterSourceJob.HeardTemplate], await SaidAsync(house));
        Assert.Equal(
            "lin",
            Assert
                .Single((await house.Get<DutyRoster>().HoldersAsync(Began.AddMinutes(30.5), Token)).Holders["primary"])
                .Id
        );
    }

    [Fact]
    public async Task An_account_that_nobody_knows_holds_nothing_and_the_gap_is_reported()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PSTRANGER", Began.AddHours(-2), Began.AddHours(4)));
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(4), Began.AddDays(9)));
        await GoAsync(house);
        await GoAsync(house);

        Assert.Empty((await house.Get<DutyRoster>().HoldersAsync(house.Now, Token)).Holders["primary"]);
        Assert.Equal([RosterSourceJob.StrangerTemplate], await SaidAsync(house));
        var gap = Assert.Single(await house.Get<RosterGapJob>().LookAsync(Token), g => g.Role == "primary");
        Assert.Equal((GapKind.Nobody, house.Now, Began.AddHours(4)), (gap.Kind, gap.From, gap.To));
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_without_a_token_not_at_all()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        pager.PageSize = 100;
        for (var i = 0; i < 150; i++)
        {
            pager.Turns.Add((Schedule, i % 2 == 0 ? "PWU" : "PCHEN", Began.AddHours(i), Began.AddHours(i + 1)));
        }

        await using var house = await BuildAsync(pager);
        await GoAsync(house);
        Assert.Equal(2, pager.Asked);
        Assert.Equal(
            "chen",
            Assert
                .Single((await house.Get<DutyRoster>().PlannedAsync(Began.AddHours(149.5), Token)).Holders["primary"])
                .Id
        );

        await using var unset = await BuildAsync(pager, token: "");
        await GoAsync(unset);
        Assert.Equal(2, pager.Asked);
        Assert.Equal("lin", await PrimaryAsync(unset));
        Assert.Equal([RosterSourceJob.LostTemplate], await SaidAsync(unset));
    }

    [Fact]
    public async Task A_turn_that_goes_on_beyond_what_is_asked_for_is_one_however_often_it_is_heard()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Clips = true;
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(-2), Began.AddDays(60)));

        for (var minute = 0; minute < 4; minute++)
        {
            await GoAsync(house);
            house.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("wu", await PrimaryAsync(house));
        Assert.Equal(
            [1L],
            await house
                .Get<Glancy.Ops.Kernel.Database.BotDatabase>()
                .QueryAsync<long>("select count(*) from glancy.roster_turn", null, Token)
        );
    }

    [Fact]
    public async Task Replicas_that_ask_at_once_write_it_down_once()
    {
        await using var pager = await StandInPagerRest.StartAsync(Token);
        await using var house = await BuildAsync(pager);
        pager.Turns.Add((Schedule, "PWU", Began.AddHours(-2), Began.AddHours(4)));

        await Task.WhenAll(GoAsync(house), GoAsync(house), GoAsync(house));

        Assert.Equal("wu", await PrimaryAsync(house));
        Assert.Equal(
            [1L, 1L],
            await house
                .Get<Glancy.Ops.Kernel.Database.BotDatabase>()
                .QueryAsync<long>(
                    "select count(*) from glancy.roster_turn union all select count(*) from glancy.roster_hearing",
                    null,
                    Token
                )
        );
    }

    private Task<OpsHouse> BuildAsync(StandInPagerRest pager, string token = StandInPagerRest.Token) =>
        OpsHouse.BuildAsync(
            postgres,
            new Dictionary<string, string?> { ["Pager:RestToken"] = token, ["Pager:RestUrl"] = pager.Url },
            content =>
                content with
                {
                    People = content.People.ToDictionary(
                        p => p.Key,
                        p => p.Value with { PagerDuty = "P" + p.Key.ToUpperInvariant() }
                    ),
                    Roster = content.Roster with
                    {
                        Sources =
                        [
                            new RosterSource("primary", SourceKind.PagerDuty, Schedule, TimeSpan.FromMinutes(30)),
                        ],
                    },
                },
            Token
        );

    private static Task GoAsync(OpsHouse house) => house.Get<RosterSourceJob>().GoAsync(Token);

    private static async Task<string> PrimaryAsync(OpsHouse house) =>
        Assert.Single((await house.Get<DutyRoster>().HoldersAsync(house.Now, Token)).Holders["primary"]).Id;

    private static async Task<IReadOnlyList<string>> SaidAsync(OpsHouse house) =>
        [
            .. (await house.Get<NoticeBoard>().ListAsync(0, 50, Token))
                .Where(n => n.Template.StartsWith("roster-source", StringComparison.Ordinal))
                .Select(n => n.Template),
        ];
}
