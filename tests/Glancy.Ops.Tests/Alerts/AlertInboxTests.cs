using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>What Alertmanager tells, twice, late, out of order, at two replicas and in masses.</summary>
public sealed class AlertInboxTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_has_one_card_and_every_alert_is_a_row()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        await house.HearAsync(Told("k", Fires("a"), Fires("b"), Fires("c")), Token);

        Assert.Equal([AlertCards.Key(group.Id)], await house.CardsAsync(Token));
        Assert.Equal((3, 0), await StandAsync(house, group));
        Assert.Equal("3", (await house.CardAsync(group, Token)).Arguments["firing"]);
    }

    [Fact]
    public async Task The_same_word_twice_changes_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        var before = await house.CardAsync(group, Token);
        await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        var over = await house.CardAsync(group, Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);

        Assert.Equal((1, 2, 2), (before.Revision, over.Revision, (await house.CardAsync(group, Token)).Revision));
        Assert.NotNull((await house.GroupAsync(group.Id, Token)).ResolvedAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task The_same_beginning_that_fires_again_after_its_end_fires(int minutes)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.alert set heard_at = clock_timestamp() - @minutes * interval '1 minute'",
                new { minutes },
                Token
            );
        await house.HearAsync(Told("k", Fires("a")), Token);

        Assert.Equal((1, 0), await StandAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).ResolvedAt);
        Assert.Equal("1", (await house.CardAsync(group, Token)).Arguments["firing"]);

        // The end that was heard before does not end it once more; a later one does.
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        Assert.Equal((1, 0), await StandAsync(house, group));
        await house.HearAsync(Told("k", Fires("a").Over(9)), Token);
        Assert.Equal((0, 1), await StandAsync(house, group));
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(2, 5)]
    [InlineData(-7, 5)]
    [InlineData(5, 5)]
    public async Task An_end_with_another_beginning_is_the_end(int beginning, int end)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        var over = Fires("a", Began.AddMinutes(beginning)) with { Firing = false, EndsAt = Began.AddMinutes(end) };
        await house.HearAsync(Told("k", over), Token);
        await house.HearAsync(Told("k", over), Token);

        // Once, and as over.
        Assert.Equal((0, 1), await StandAsync(house, group));
        Assert.NotNull((await house.GroupAsync(group.Id, Token)).ResolvedAt);
    }

    [Fact]
    public async Task An_end_with_its_own_beginning_is_the_end_even_when_clocks_say_that_it_came_before()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over(-1)), Token);

        Assert.Equal((0, 1), await StandAsync(house, group));
    }

    [Fact]
    public async Task An_end_and_a_new_beginning_in_one_word_fire()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a", Began.AddMinutes(9)), Fires("a").Over(12)), Token);

        Assert.Equal((1, 1), await StandAsync(house, group));
    }

    [Fact]
    public async Task An_end_from_before_it_began_is_another_one_s()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(
            Told("k", Fires("a", Began.AddMinutes(-30)) with { Firing = false, EndsAt = Began.AddMinutes(-20) }),
            Token
        );

        Assert.Equal((1, 1), await StandAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).ResolvedAt);
    }

    [Fact]
    public async Task An_end_whose_beginning_was_never_heard_is_kept_without_a_card()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a").Over()), Token);

        Assert.Empty(await house.CardsAsync(Token));
        Assert.Equal((0, 1), await StandAsync(house, group));

        // A new trouble of the same group is one.
        await house.HearAsync(Told("k", Fires("a", Began.AddMinutes(9))), Token);
        Assert.Single(await house.CardsAsync(Token));
    }

    [Fact]
    public async Task An_alert_that_begins_anew_ends_its_former_self_and_not_the_other_way_round()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a", Began.AddMinutes(9))), Token);
        Assert.Equal((1, 1), await StandAsync(house, group));

        await house.HearAsync(Told("k", Fires("a", Began.AddMinutes(-9))), Token);
        Assert.Equal((1, 2), await StandAsync(house, group));
    }

    [Fact]
    public async Task Two_replicas_that_hear_it_at_once_make_one_card()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var inbox = house.Get<AlertInbox>();
        var groups = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => inbox.TakeAsync(Told("k", Fires("a"), Fires("b" + (i % 3))), Token))
        );

        Assert.Single(groups.Distinct());
        Assert.Single(await house.CardsAsync(Token));
        Assert.Equal(4, await house.CountAsync("select count(*) from glancy.alert", Token));
    }

    [Theory]
    [InlineData(14, 1)]
    [InlineData(16, 2)]
    public async Task A_group_that_fires_again_soon_takes_up_its_card_and_later_gets_a_new_one(int minutes, int cards)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        house.Advance(TimeSpan.FromMinutes(minutes));
        await house.HearAsync(Told("k", Fires("a", Began.AddMinutes(minutes))), Token);

        Assert.Equal(cards, (await house.CardsAsync(Token)).Count);
        Assert.Single(await house.Get<AlertStore>().ListAsync(firingOnly: true, 10, Token));
    }

    [Fact]
    public async Task Five_hundred_in_a_minute_make_a_handful_of_cards_and_lose_none()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var inbox = house.Get<AlertInbox>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 500),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (i, token) =>
                await inbox.TakeAsync(Told($"k{i}", Fires($"f{i}", name: i % 2 == 0 ? "PodDown" : "DiskFull")), token)
        );

        Assert.Equal(7, (await house.CardsAsync(Token)).Count);
        Assert.Equal(500, await house.CountAsync("select count(*) from glancy.alert", Token));
        Assert.Equal(500, (await house.Get<AlertStore>().ListAsync(firingOnly: true, 1_000, Token)).Count);
        var storm = Assert.IsType<AlertStorm>(await house.Get<AlertStore>().StormAsync(1, Token));
        Assert.Equal((494, 494), (storm.Counts.Sum(c => c.Groups), storm.Counts.Sum(c => c.Firing)));

        // What comes after it, and is alone, has a card of its own.
        house.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(AlertCard.Own, (await house.HearAsync(Told("later", Fires("x")), Token)).Card);
    }

    private static async Task<(int Firing, int Resolved)> StandAsync(OpsHouse house, AlertGroup group)
    {
        var now = await house.GroupAsync(group.Id, Token);
        return (now.Firing, now.Resolved);
    }
}
