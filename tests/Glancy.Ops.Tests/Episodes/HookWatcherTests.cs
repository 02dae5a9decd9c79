using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Episodes;

public sealed class HookWatcherTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Red_begins_one_episode_freezes_and_drafts_once_however_often_it_is_seen()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        for (var i = 0; i < 4; i++)
        {
            await house.LookAsync(Token);
            house.Advance(TimeSpan.FromSeconds(30));
        }

        var episode = Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token));
        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal(
            (run.Id, RunState.Draft, Actor.Bot, "HK-01"),
            (episode.RunId, run.State, run.RequestedBy, run.Context?.Hook)
        );
        Assert.Equal(Actor.Bot, (await house.Get<FreezeStore>().GetAsync(Token))?.By);
    }

    [Fact]
    public async Task Sixteen_watchers_at_once_make_one_episode_and_one_draft()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => house.LookAsync(Token)));

        Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token));
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 50, Token));
    }

    [Fact]
    public async Task A_second_red_light_joins_the_same_draft()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        house.Lights.Set("HK-02", house.Now, 4.0);
        await house.LookAsync(Token);

        Assert.Equal(2, (await house.Get<EpisodeStore>().OpenAsync(Token)).Count);
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task While_its_hook_is_red_a_draft_by_the_bot_takes_one_click()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));

        var outcome = Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "lin", Token));

        Assert.Equal(RunState.Confirmed, outcome.Run.State);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public async Task Once_its_hook_has_recovered_or_is_unknown_it_takes_two(double? value)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        house.Lights.Set("HK-01", house.Now, value);

        var outcome = Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "lin", Token));
        Assert.Equal(RunState.AwaitingSecond, outcome.Run.State);

        outcome = Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "wu", Token));
        Assert.Equal(RunState.Confirmed, outcome.Run.State);
    }

    [Fact]
    public async Task One_click_has_to_be_that_of_the_role()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));

        var outcome = Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(run, "dong", Token));

        Assert.Equal("not-on-call", outcome.Refusal.Code);
    }

    [Fact]
    public async Task An_expired_draft_is_planned_anew_on_the_same_card_and_paged()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));
        await house.WorkAsync(Token);
        await house.LookAsync(Token);

        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal(RunState.Draft, run.State);
        var notices = await house.Get<NoticeBoard>().ListAsync(0, 100, Token);
        Assert.Single(notices, n => n.Kind == "card");
        Assert.Single(notices, n => n.Template == "page-expired");
    }

    [Fact]
    public async Task A_draft_that_expires_between_two_lights_of_a_look_is_planned_anew_on_the_first_ones_card()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        house.Lights.Set("HK-02", house.Now, 4.0);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));

        // The look is held up at the second light, and the draft expires meanwhile.
        var look = Task.CompletedTask;
        await house
            .Get<BotDatabase>()
            .InTransactionAsync(
                async transaction =>
                {
                    await transaction.QueryAsync<long>("select id from glancy.episode where hook = 'HK-02' for update");
                    look = house.LookAsync(Token);
                    await WaitedForAsync(house);
                    await house.WorkAsync(Token);
                },
                Token
            );
        await look;
        await house.LookAsync(Token);

        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal("HK-01", run.Context?.Hook);
        var card = Assert.Single(await house.Get<NoticeBoard>().ListAsync(0, 100, Token), n => n.Kind == "card");
        Assert.Equal(run.Id, card.RunId);
    }

    private static async Task WaitedForAsync(OpsHouse house)
    {
        const string Waiting =
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while ((await house.Get<BotDatabase>().QueryAsync<int>(Waiting, null, Token)).Count == 0)
        {
            await Task.Delay(20, Token);
        }
    }

    [Fact]
    public async Task An_episode_ends_after_three_adjacent_good_windows_and_not_by_unknown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(5));
        house.Lights.Set("HK-01", house.Now, null);
        for (var i = 0; i < 4; i++)
        {
            house.Advance(TimeSpan.FromMinutes(5));
            await house.LookAsync(Token);
        }

        Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token));

        house.Lights.Set("HK-01", house.Now, double.NaN);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(5));
        await house.LookAsync(Token);
        Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token));

        house.Advance(TimeSpan.FromMinutes(5));
        await house.LookAsync(Token);
        Assert.Empty(await house.Get<EpisodeStore>().OpenAsync(Token));
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
    }

    [Fact]
    public async Task Good_windows_before_an_unknown_one_do_not_end_an_episode()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(1));
        house.Lights.Set("HK-01", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(12));
        house.Lights.Set("HK-01", house.Now, null);

        await house.LookAsync(Token);

        Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token));
    }

    [Fact]
    public async Task Red_without_a_batch_freezes_and_calls_a_person_instead_of_drafting()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Batch = "none";
        house.Bastion.Weight = "0";
        house.Lights.Set("doubao-5xx", house.Now, 0.2);
        await house.LookAsync(Token);
        await house.LookAsync(Token);

        Assert.Empty(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
        Assert.Single(await house.Get<NoticeBoard>().ListAsync(0, 100, Token), n => n.Template == "page-no-batch");
    }

    [Fact]
    public async Task A_light_made_red_by_our_own_switch_is_explained_and_not_drafted()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.ScriptSetsFlag = false;
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        house.Lights.Set("HK-06", house.Now, 1.0);

        await house.LookAsync(Token);

        Assert.Empty(await house.Get<EpisodeStore>().OpenAsync(Token));
        var reading = (await house.Get<Ops.Hooks.HookSnapshots>().TakeAsync(Token)).Find("HK-06");
        Assert.Equal("glancy.lookup.force_basic=true", reading?.ExplainedBy);
    }

    [Fact]
    public async Task Prometheus_away_begins_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Away = true;

        await house.LookAsync(Token);

        Assert.Empty(await house.Get<EpisodeStore>().OpenAsync(Token));
        Assert.Null(await house.Get<FreezeStore>().GetAsync(Token));
    }

    [Fact]
    public async Task A_dismissed_draft_is_not_asked_for_again_in_the_same_episode()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        var run = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.IsType<RunOutcome.Refused>(
            await house.Get<RunDesk>().DismissAsync(run.Id, "known", house.Person("lin"), Token)
        );
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().DismissAsync(run.Id, "a known probe fault", house.Person("mei"), Token)
        );

        house.Advance(TimeSpan.FromMinutes(1));
        await house.LookAsync(Token);

        Assert.Empty(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
    }
}
