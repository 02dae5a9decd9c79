using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Episodes;

/// <summary>A red light that no open run is to cure (rule 8).</summary>
public sealed class NobodysLightsTests(PostgresFixture postgres)
{
    private const string Asks = "page-alone";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dismissed_and_still_red_it_is_nobodys_at_once()
    {
        await using var house = await RedAsync();
        var draft = await OnlyAsync(house);
        Assert.False((await OneAsync(house)).Nobodys);

        await DismissAsync(house, draft);

        var light = await OneAsync(house);
        Assert.True(light.Nobodys);
        Assert.Equal(new NobodysReason("R-1", RunState.Aborted, "mei", Dismissed: true, null), NobodysReason.Of(light));
    }

    [Fact]
    public async Task Those_on_call_are_asked_after_five_minutes_then_ten_then_twenty_and_each_hour()
    {
        await using var house = await RedAsync();
        await DismissAsync(house, await OnlyAsync(house));
        var asked = new List<int>();
        for (var minute = 0; minute <= 240; minute++)
        {
            await house.LookAsync(Token);
            if ((await AsksAsync(house)).Count > asked.Count)
            {
                asked.Add(minute);
            }

            house.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([5, 15, 35, 75, 135, 195], asked);
        Assert.All(
            await AsksAsync(house),
            n => Assert.Equal(("page", "HK-01", "REL-B3"), (n.Kind, n.Arguments["hook"], n.Arguments["batch"]))
        );
        Assert.Empty(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task Sixteen_watchers_ask_once()
    {
        await using var house = await RedAsync();
        await DismissAsync(house, await OnlyAsync(house));
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(5));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => house.LookAsync(Token)));

        Assert.Single(await AsksAsync(house));
    }

    [Fact]
    public async Task Aborted_while_it_ran_it_is_nobodys_and_asked_about()
    {
        await using var house = await RedAsync();
        house.Bastion.Behaviour["releasectl.stage.promote"] = "fails";
        var draft = await OnlyAsync(house);
        await house.ConfirmAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Paused, (await house.RunAsync(draft.Id, Token)).State);
        Assert.False((await OneAsync(house)).Nobodys);
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("lin"), "by hand", Token)
        );
        await house.WorkAsync(Token);

        await AskedAfterAsync(house);

        Assert.Equal(
            new NobodysReason("R-1", RunState.Aborted, "lin", Dismissed: false, null),
            NobodysReason.Of(await OneAsync(house))
        );
    }

    [Fact]
    public async Task Expired_while_the_light_is_unknown_it_is_nobodys_and_asked_about()
    {
        await using var house = await RedAsync();
        house.Advance(TimeSpan.FromMinutes(1));
        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(30));
        await house.WorkAsync(Token);

        await AskedAfterAsync(house);

        var light = await OneAsync(house);
        Assert.Equal((EpisodeLight.Unknown, RunState.Expired), (light.Episode.LastLight, light.Run?.State));
        Assert.True(light.Nobodys);
    }

    [Fact]
    public async Task Without_the_release_tool_no_draft_can_be_made_and_that_is_said()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Away = true;
        house.Lights.Set("HK-01", house.Now, 0.95);

        await AskedAfterAsync(house);

        Assert.Equal("unreachable-bastion", NobodysReason.Of(await OneAsync(house)).NoDraft?.Code);
        Assert.False((await AsksAsync(house))[0].Arguments.ContainsKey("batch"));
    }

    [Fact]
    public async Task Without_a_batch_no_draft_can_be_made_and_that_is_said()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Batch = "none";
        house.Bastion.Weight = "0";
        house.Lights.Set("HK-01", house.Now, 0.95);

        await AskedAfterAsync(house);

        Assert.Equal("nothing-to-roll-back", NobodysReason.Of(await OneAsync(house)).NoDraft?.Code);
    }

    [Fact]
    public async Task A_rollback_that_ended_well_under_a_light_that_stays_red_leaves_it_to_nobody()
    {
        await using var house = await RedAsync();
        var draft = await OnlyAsync(house);
        await house.ConfirmAsync(draft, "lin", Token);
        house.Lights.Set("HK-01", house.Now, double.NaN);
        for (var i = 0; i < 8; i++)
        {
            await house.WorkAsync(Token);
            house.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
        house.Bastion.Batch = "none";
        house.Bastion.Weight = "0";
        house.Lights.Set("HK-01", house.Now, 0.95);

        await AskedAfterAsync(house);

        Assert.Equal(
            ("R-1", RunState.Succeeded),
            (NobodysReason.Of(await OneAsync(house)).Run, NobodysReason.Of(await OneAsync(house)).State)
        );
    }

    [Fact]
    public async Task A_draft_by_a_person_ends_the_asking_and_the_old_card_says_so()
    {
        await using var house = await RedAsync();
        var draft = await OnlyAsync(house);
        await DismissAsync(house, draft);
        await AskedAfterAsync(house);
        var card = await house.Get<NoticeBoard>().GetAsync("episode:1", Token);

        var second = await house.DraftRollbackAsync(Token);

        Assert.False((await OneAsync(house)).Nobodys);
        await house.LookAsync(Token);
        Assert.Equal(
            (second.Id, null),
            ((await OneAsync(house)).Episode.RunId, (await OneAsync(house)).Episode.AloneSince)
        );
        Assert.Equal(card?.Revision + 1, (await house.Get<NoticeBoard>().GetAsync("episode:1", Token))?.Revision);
        house.Advance(TimeSpan.FromMinutes(20));
        await house.LookAsync(Token);
        Assert.Single(await AsksAsync(house));
    }

    [Fact]
    public async Task When_a_persons_draft_is_put_away_too_the_bot_still_drafts_none()
    {
        await using var house = await RedAsync();
        await DismissAsync(house, await OnlyAsync(house));
        var second = await house.DraftRollbackAsync(Token);
        await house.LookAsync(Token);
        await DismissAsync(house, second);

        await house.LookAsync(Token);

        Assert.Empty(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.True((await OneAsync(house)).Nobodys);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_light_that_is_green_for_now_and_its_time_goes_on()
    {
        await using var house = await RedAsync();
        await DismissAsync(house, await OnlyAsync(house));
        await house.LookAsync(Token);
        house.Lights.Set("HK-01", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(6));
        await house.LookAsync(Token);
        Assert.Empty(await AsksAsync(house));
        Assert.Equal(
            (EpisodeLight.Green, false),
            ((await OneAsync(house)).Episode.LastLight, (await OneAsync(house)).Nobodys)
        );

        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        await house.LookAsync(Token);

        Assert.Single(await AsksAsync(house));
    }

    [Fact]
    public async Task Whoever_has_acknowledged_an_incident_is_not_called_but_told()
    {
        await using var house = await RedAsync();
        await DismissAsync(house, await OnlyAsync(house));
        var opened = await house
            .Get<IncidentDesk>()
            .OpenAsync(house.Person("lin"), Severity.Sev1, "lookups fail", Token);
        var incident = Assert.IsType<IncidentOutcome.Accepted>(opened).Details.Incident;
        Assert.IsType<IncidentOutcome.Accepted>(
            await house.Get<IncidentResponse>().AcknowledgeAsync(house.Person("lin"), incident.Id, AckWay.Said, Token)
        );

        await AskedAfterAsync(house);

        Assert.Equal("post", (await AsksAsync(house))[0].Kind);
    }

    private async Task<OpsHouse> RedAsync()
    {
        var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        return house;
    }

    private static async Task AskedAfterAsync(OpsHouse house)
    {
        await house.LookAsync(Token);
        Assert.Empty(await AsksAsync(house));
        house.Advance(TimeSpan.FromMinutes(5));
        await house.LookAsync(Token);
        Assert.Single(await AsksAsync(house));
    }

    private static async Task DismissAsync(OpsHouse house, Run run) =>
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().DismissAsync(run.Id, "I am looking", house.Person("mei"), Token)
        );

    private static async Task<RedLight> OneAsync(OpsHouse house) =>
        Assert.Single(await house.Get<RedLights>().OpenAsync(Token));

    private static async Task<Run> OnlyAsync(OpsHouse house) =>
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));

    private static async Task<IReadOnlyList<Notice>> AsksAsync(OpsHouse house) =>
        [.. (await house.Get<NoticeBoard>().ListAsync(0, 500, Token)).Where(n => n.Template == Asks)];
}
