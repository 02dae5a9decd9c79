using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Alerts;
using Glancy.Ops.Tests.Procedures;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Database;

/// <summary>What is measured and told again and again goes in its time; what is asked for stays.</summary>
public sealed class OldRowsTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snapshots_go_after_two_weeks_and_the_newest_never()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "insert into glancy.hook_snapshot (at, runbook_version, readings) select @Now - i * interval '10 "
                    + "minutes', 'v', '[]' from generate_series(1, 5000) i",
                new { house.Now },
                Token
            );

        await house.Get<OldRows>().GoAsync(Token);
        Assert.Equal(14 * 24 * 6, await house.CountAsync("select count(*) from glancy.hook_snapshot", Token));

        house.Advance(TimeSpan.FromDays(60));
        await house.Get<OldRows>().GoAsync(Token);
        Assert.Equal(
            1,
            await house.CountAsync("select count(*) from glancy.hook_snapshot where at > '2025-04-18 01:19:00Z'", Token)
        );
        Assert.Equal(1, await house.CountAsync("select count(*) from glancy.hook_snapshot", Token));
    }

    [Fact]
    public async Task Alerts_go_three_months_after_they_are_over_and_never_while_they_fire()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var fires = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("l", Fires("b")), Token);
        await house.HearAsync(Told("l", Fires("b").Over()), Token);
        var newest = await house.HearAsync(Told("m", Fires("c")), Token);
        house.Advance(TimeSpan.FromDays(89));
        await house.Get<OldRows>().GoAsync(Token);
        Assert.Equal(3, await house.CountAsync("select count(*) from glancy.alert_group", Token));

        house.Advance(TimeSpan.FromDays(2));
        await house.Get<OldRows>().GoAsync(Token);
        Assert.Equal(
            [fires.Id, newest.Id],
            (await house.Get<AlertStore>().ListAsync(firingOnly: false, 9, Token)).Select(g => g.Id).Order()
        );
        Assert.Equal(2, await house.CountAsync("select count(*) from glancy.alert", Token));
    }

    [Fact]
    public async Task The_newest_group_stays_so_that_its_number_is_not_given_again()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        house.Advance(TimeSpan.FromDays(400));
        await house.Get<OldRows>().GoAsync(Token);

        await house.HearAsync(Told("l", Fires("b")), Token);
        Assert.Equal(
            ["A-1", "A-2"],
            (await house.Get<AlertStore>().ListAsync(firingOnly: false, 9, Token)).Select(g => g.Name).Order()
        );
    }
}
