using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Episodes;

/// <summary>A draft behind which nobody on duty stands keeps nobody's away (rules 5 and 8).</summary>
public sealed class StrangersDraftTests(PostgresFixture postgres)
{
    private const string OffDuty = "olga";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bots_draft_takes_its_place_and_one_click_confirms_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var strangers = await house.DraftRollbackAsync(Token, OffDuty);
        house.Lights.Set("HK-01", house.Now, 0.95);

        await house.LookAsync(Token);

        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal(Actor.Bot, run.RequestedBy);
        var before = await house.RunAsync(strangers.Id, Token);
        Assert.Equal((RunState.Superseded, run.Id), (before.State, before.SupersededBy));
        Assert.Equal(run.Id, (await house.Get<RunStore>().SuccessorAsync(before, Token))?.Id);
        Assert.Equal(
            RunState.Confirmed,
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "lin", Token)).Run.State
        );
    }

    [Fact]
    public async Task Several_of_them_go_at_once()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.DraftRollbackAsync(Token, OffDuty);
        var arguments = new Dictionary<string, string>
        {
            ["batch"] = "REL-B3",
            ["reason"] = "one rung",
            ["to"] = "REL-B2",
            ["weight"] = "5",
            ["pause_flag"] = "glancy.plan.free.enabled",
            ["pause_value"] = "false",
        };
        Assert.IsType<DraftOutcome.Drafted>(
            await house
                .Get<Drafts>()
                .DraftAsync("rollback-one-rung", arguments, house.Person(OffDuty), "one rung", Token)
        );
        house.Lights.Set("HK-01", house.Now, 0.95);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.LookAsync(Token)));

        Assert.Equal(
            Actor.Bot,
            Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token)).RequestedBy
        );
    }

    [Fact]
    public async Task One_that_somebody_on_duty_asked_for_stands_and_the_light_joins_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        house.Lights.Set("HK-01", house.Now, 0.95);

        await house.LookAsync(Token);

        Assert.Equal(draft.Id, Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token)).Id);
        Assert.Equal(draft.Id, Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token)).RunId);
    }

    [Fact]
    public async Task One_that_somebody_on_duty_has_confirmed_stands()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, OffDuty);
        await house.ConfirmAsync(draft, "lin", Token);
        house.Lights.Set("HK-01", house.Now, 0.95);

        await house.LookAsync(Token);

        Assert.Equal(
            (draft.Id, RunState.AwaitingSecond),
            (await house.RunAsync(draft.Id, Token) is var run ? run.Id : 0, run.State)
        );
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task Confirmed_while_the_bot_draws_up_its_own_it_stands()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, OffDuty);
        house.Lights.Set("HK-01", house.Now, 0.95);

        await Task.WhenAll(house.ConfirmAsync(draft, "lin", Token), house.LookAsync(Token), house.LookAsync(Token));

        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal(run.Id == draft.Id ? RunState.AwaitingSecond : RunState.Draft, run.State);
    }

    [Fact]
    public async Task While_the_bot_cannot_draft_it_stands()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, OffDuty);
        house.Bastion.Away = true;
        house.Lights.Set("HK-01", house.Now, 0.95);

        await house.LookAsync(Token);

        Assert.Equal(draft.Id, Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token)).Id);
        Assert.False(Assert.Single(await house.Get<RedLights>().OpenAsync(Token)).Nobodys);
    }

    [Theory]
    [InlineData("lin", true)]
    [InlineData("wu", true)]
    [InlineData("mei", true)]
    [InlineData("dong", false)]
    public async Task Whoever_may_confirm_it_may_put_it_away(string person, bool may)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, OffDuty);

        var outcome = await house.Get<RunDesk>().DismissAsync(draft.Id, "not now", house.Person(person), Token);

        Assert.Equal(may, outcome is RunOutcome.Accepted);
    }

    [Fact]
    public async Task One_that_somebody_on_duty_asked_for_is_the_release_managers_to_put_away()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var outcome = await house.Get<RunDesk>().DismissAsync(draft.Id, "not now", house.Person("wu"), Token);

        Assert.Equal("not-on-call", Assert.IsType<RunOutcome.Refused>(outcome).Refusal.Code);
    }
}
