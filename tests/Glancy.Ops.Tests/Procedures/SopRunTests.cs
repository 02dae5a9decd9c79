using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// What SOPs say is done by procedures (§5.2): by the bot where it can, by a person with the command where it cannot,
/// and verified by the SOP's own lines.
/// </summary>
public sealed class SopRunTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cost_is_held_back_by_one_person_and_proven_by_three_windows_after_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Flags["glancy.cache.mode"] = "normal";
        house.Lights.Set("HK-03", house.Now, 0.9);
        var draft = await DraftAsync(house, "cost-level-1");
        Assert.Equal((RunState.Draft, Risk.Change), (draft.State, draft.Plan.Risk));

        await house.ConfirmAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        Assert.Equal("l2_prio", house.Bastion.Flags["glancy.cache.mode"]);
        Assert.Equal(
            ["flag/glancy.cache.mode"],
            (await house.Get<LeaseStore>().OpenAsync(Token)).Select(l => l.Target)
        );

        // Windows from before the step count for nothing, however good.
        house.Lights.Set("HK-03", house.Now, 0.7);
        house.Advance(TimeSpan.FromMinutes(14));
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);
        house.Advance(TimeSpan.FromMinutes(2));
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
    }

    [Theory]
    [InlineData("cost-level-2", "glancy.lookup.examples", "3")]
    [InlineData("exports-off", "glancy.exports.enabled", "true")]
    public async Task A_kill_switch_takes_two_persons_by_whatever_way_it_is_reached(
        string procedure,
        string flag,
        string value
    )
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Flags[flag] = value;
        var draft = await DraftAsync(house, procedure);
        Assert.Equal((RunState.AwaitingSecond, Risk.Danger), (draft.State, draft.Plan.Risk));
    }

    [Fact]
    public async Task What_the_bot_cannot_do_waits_for_a_person_with_the_command_shown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("queues", house.Now, 2600);
        var draft = await DraftAsync(house, "exports-workers");
        Assert.Equal(
            "kubectl --context=prod scale deploy/export-worker -n prod --replicas=48",
            draft.Plan.Steps.Single(s => s.Id == "scale").Command
        );

        await house.ConfirmAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        var waits = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Paused, PauseReason.Manual), (waits.State, waits.Pause));

        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().TickAsync(draft.Id, "scale", "48/48 ready", house.Person("lin"), Token)
        );
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);

        house.Lights.Set("queues", house.Now, 120);
        await house.ProveAsync(Token);
        var run = await house.RunAsync(draft.Id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
        Assert.Empty(house.Bastion.Effects);
    }

    [Theory]
    [InlineData(2600.0, "sop-not-good")]
    [InlineData(null, "sop-unknown")]
    public async Task What_is_not_good_in_time_or_not_known_is_not_verified(double? depth, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("queues", house.Now, depth);
        var draft = await DraftAsync(house, "exports-workers");
        await house.ConfirmAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        await house.Get<RunDesk>().TickAsync(draft.Id, "scale", "48/48 ready", house.Person("lin"), Token);
        await house.WorkAsync(Token);
        house.Advance(TimeSpan.FromMinutes(46));
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Paused, PauseReason.Unverified, code), (run.State, run.Pause, run.Outcome?.Code));

        // Skipping what only judges takes somebody else than who confirmed.
        var skip = Assert.IsType<RunOutcome.Refused>(
            await house
                .Get<RunDesk>()
                .SkipAsync(draft.Id, "verify", "seen on the dashboard", house.Person("lin"), Token)
        );
        Assert.Equal("needs-second-for-skip", skip.Refusal.Code);
    }

    private static async Task<Run> DraftAsync(OpsHouse house, string procedure)
    {
        var arguments = new Dictionary<string, string> { ["reason"] = "the SOP says so" };
        return Assert
            .IsType<DraftOutcome.Drafted>(
                await house
                    .Get<Drafts>()
                    .DraftAsync(procedure, arguments, house.Person("lin"), "the SOP says so", Token)
            )
            .Run;
    }
}
