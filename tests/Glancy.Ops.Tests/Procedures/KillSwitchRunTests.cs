using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Incidents;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Procedures;

public sealed class KillSwitchRunTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_three_switches_are_set_basic_answers_first_and_are_ours()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await DraftAsync(house);
        Assert.Equal(RunState.AwaitingSecond, draft.State);

        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
        Assert.Equal(
            [
                "configctl.snapshot.create ",
                "configctl.feature.set flag=glancy.lookup.force_basic value=true",
                "configctl.feature.set flag=glancy.regenerate.enabled value=false",
                "configctl.feature.set flag=glancy.exports.enabled value=false",
            ],
            house.Bastion.Effects
        );
        Assert.Equal(
            ["flag/glancy.lookup.force_basic", "flag/glancy.regenerate.enabled", "flag/glancy.exports.enabled"],
            (await house.Get<LeaseStore>().OpenAsync(Token)).Select(l => l.Target)
        );
        var posts = (await house.Get<NoticeBoard>().ListAsync(0, 100, Token))
            .Where(n => n.Kind == "post")
            .Select(n => n.Template);
        Assert.Equal(["kill-switch-on", "kill-switch-verified", "run-ended"], posts);
    }

    [Fact]
    public async Task It_is_confirmed_alone_while_a_sev_1_is_open()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await DraftAsync(house);

        Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "lin", Token));
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_switch_that_is_set_already_is_left_alone_and_gives_no_lease()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Flags["glancy.regenerate.enabled"] = "false";
        var draft = await DraftAsync(house);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);

        Assert.Equal(
            StepState.NothingToDo,
            (await house.RunAsync(draft.Id, Token)).Steps.Single(s => s.Id == "regenerate-off").State
        );
        Assert.DoesNotContain(
            await house.Get<LeaseStore>().OpenAsync(Token),
            l => l.Target == "flag/glancy.regenerate.enabled"
        );
    }

    [Fact]
    public async Task It_waits_for_the_light_it_is_to_bring_back_and_for_no_other()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-02", house.Now, 5.4);
        house.Lights.Set("HK-01", house.Now, 0.9);
        var draft = await DraftAsync(house);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);

        house.Lights.Set("HK-01", house.Now, double.NaN);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
    }

    private static async Task<Run> DraftAsync(OpsHouse house)
    {
        var arguments = new Dictionary<string, string> { ["reason"] = "Doubao is down" };
        return Assert
            .IsType<DraftOutcome.Drafted>(
                await house
                    .Get<Drafts>()
                    .DraftAsync("kill-switch", arguments, house.Person("lin"), "Doubao is down", Token)
            )
            .Run;
    }
}
