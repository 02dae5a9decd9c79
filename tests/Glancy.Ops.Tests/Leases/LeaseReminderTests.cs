using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Leases;

/// <summary>A rollback at 09:30 leaves two changes; the day ends at 19:00.</summary>
public sealed class LeaseReminderTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_stands_is_one_card_that_is_revised_less_and_less_often_and_at_the_end_of_the_shift()
    {
        await using var house = await RolledBackAsync();
        await house.ConnectAsync(4, Token);
        var begin = house.Now;
        var revised = new List<double>();
        for (var minute = 0; minute <= 12 * 60; minute += 5)
        {
            house.AdvanceTo(begin.AddMinutes(minute));
            var before = (await CardsAsync(house)).Sum(c => c.Revision);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RemindAsync(house)));
            if ((await CardsAsync(house)).Sum(c => c.Revision) > before)
            {
                revised.Add(minute);
            }
        }

        // 30 min, 1 h and 2 h after each other, then at 19:00: 9 h 30 after the rollback.
        Assert.Equal([30, 90, 210, 570], revised);
        var card = Assert.Single(await CardsAsync(house));
        Assert.Equal(("card", "2"), (card.Kind, card.Arguments["count"]));
        var lines = (await AllAsync(house)).Where(n => n.Template == "leases-stand").ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(
            lines,
            line => Assert.Equal(("post", card.Key, "L-1, L-2"), (line.Kind, line.Under, line.Arguments["leases"]))
        );
    }

    [Fact]
    public async Task A_new_change_is_told_sooner_but_never_twice_within_the_hour()
    {
        await using var house = await RolledBackAsync();
        house.Advance(TimeSpan.FromMinutes(30));
        await RemindAsync(house);
        house.Advance(TimeSpan.FromMinutes(1));
        await StandAsync(house, 50);

        foreach (var (minutes, revision) in new[] { (30, 1), (28, 1), (1, 2) })
        {
            house.Advance(TimeSpan.FromMinutes(minutes));
            await RemindAsync(house);
            Assert.Equal(revision, Assert.Single(await CardsAsync(house)).Revision);
        }

        // Its own time begins anew.
        house.Advance(TimeSpan.FromMinutes(60));
        await RemindAsync(house);
        Assert.Equal(
            ("3", 3),
            (Assert.Single(await CardsAsync(house)).Arguments["count"], Assert.Single(await CardsAsync(house)).Revision)
        );
    }

    [Fact]
    public async Task A_new_change_does_not_wait_for_the_turn_of_the_others()
    {
        await using var house = await RolledBackAsync();
        foreach (var minutes in new[] { 30, 60 })
        {
            house.Advance(TimeSpan.FromMinutes(minutes));
            await RemindAsync(house);
        }

        // Their next turn is two hours away.
        house.Advance(TimeSpan.FromMinutes(1));
        await StandAsync(house, 50);
        foreach (var (minutes, revision) in new[] { (58, 2), (1, 3) })
        {
            house.Advance(TimeSpan.FromMinutes(minutes));
            await RemindAsync(house);
            Assert.Equal(revision, Assert.Single(await CardsAsync(house)).Revision);
        }
    }

    [Fact]
    public async Task Once_all_are_taken_back_the_card_says_so_and_what_comes_later_has_another()
    {
        await using var house = await RolledBackAsync();
        house.Advance(TimeSpan.FromMinutes(31));
        await RemindAsync(house);
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.lease set released_at = @now, ended_how = 'Kept', ended_by = 'mei'",
                new { now = house.Now.ToUniversalTime() },
                Token
            );
        await RemindAsync(house);
        await RemindAsync(house);
        var ended = Assert.Single(await CardsAsync(house));
        Assert.Equal(("0", 2), (ended.Arguments["count"], ended.Revision));

        await StandAsync(house, 51);
        await RemindAsync(house);
        Assert.Single(await CardsAsync(house));
        house.Advance(TimeSpan.FromMinutes(30));
        await RemindAsync(house);

        var cards = await CardsAsync(house);
        Assert.Equal(["0", "1"], cards.Select(c => c.Arguments["count"]));
        Assert.NotEqual(cards[0].Key, cards[1].Key);
    }

    private static Task RemindAsync(OpsHouse house) => house.Get<LeaseReminders>().GoAsync(Token);

    private static Task<int> StandAsync(OpsHouse house, int number) =>
        house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "insert into glancy.lease (target, prior, value, owner, reason, run_id, since, affects, recovers) "
                    + "values (@target, 'true', 'false', 'wu', 'x', (select max(id) from glancy.run), @now, '{}', "
                    + "'{}')",
                new { target = $"flag/glancy.test{number}", now = house.Now.ToUniversalTime() },
                Token
            );

    private static async Task<IReadOnlyList<Notice>> AllAsync(OpsHouse house) =>
        await house.Get<NoticeBoard>().ListAsync(0, 1000, Token);

    private static async Task<IReadOnlyList<Notice>> CardsAsync(OpsHouse house) =>
        [.. (await AllAsync(house)).Where(n => n.Template == LeaseReminders.CardTemplate)];

    private async Task<OpsHouse> RolledBackAsync()
    {
        var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.LookAsync(Token);
        await house.RollBackAsync(Token);
        return house;
    }
}
