using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Which run stands in the place of one that has ended.</summary>
public sealed class SuccessorTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_draft_of_the_bot_has_the_one_that_was_drafted_after_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        for (var again = 0; again < 3; again++)
        {
            house.Advance(TimeSpan.FromMinutes(31));
            await house.WorkAsync(Token);
            await house.LookAsync(Token);
        }

        Assert.Equal((RunState.Expired, 4), await OfAsync(house, 1));
        Assert.Equal((RunState.Expired, 4), await OfAsync(house, 3));
        Assert.Equal((RunState.Draft, null), await OfAsync(house, 4));
    }

    [Fact]
    public async Task One_whose_world_has_moved_has_the_last_that_was_planned_instead()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await house.DraftRollbackAsync(Token);
        foreach (var weight in (string[])["20", "50"])
        {
            house.Bastion.Weight = weight;
            run = Assert.IsType<RunOutcome.Replanned>(await house.ConfirmAsync(run, "mei", Token)).New;
        }

        Assert.Equal((RunState.Superseded, 3), await OfAsync(house, 1));
    }

    [Fact]
    public async Task An_expired_draft_of_a_person_has_the_same_thing_drafted_again_by_anybody()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.DraftRollbackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));
        await house.WorkAsync(Token);
        Assert.Equal((RunState.Expired, null), await OfAsync(house, 1));

        await house.DraftRollbackAsync(Token, "wu");

        Assert.Equal((RunState.Expired, 2), await OfAsync(house, 1));
    }

    [Fact]
    public async Task One_that_was_put_away_with_all_that_came_after_it_has_none_and_neither_has_one_that_did_its_work()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.DraftRollbackAsync(Token);
        await house.Get<RunDesk>().DismissAsync(first.Id, "no", house.Person("mei"), Token);
        var second = await house.DraftRollbackAsync(Token);
        await house.Get<RunDesk>().DismissAsync(second.Id, "no", house.Person("mei"), Token);
        Assert.Equal((RunState.Aborted, null), await OfAsync(house, 1));

        var third = await house.RollBackAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal((RunState.Aborted, null), await OfAsync(house, 2));
        Assert.Equal((RunState.Succeeded, null), await OfAsync(house, third.Id));
    }

    private static async Task<(RunState State, long? Successor)> OfAsync(OpsHouse house, long id)
    {
        var run = await house.RunAsync(id, Token);
        return (run.State, (await house.Get<RunStore>().SuccessorAsync(run, Token))?.Id);
    }
}
