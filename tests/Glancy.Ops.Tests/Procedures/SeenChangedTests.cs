using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Whatever a step declares that it changes is seen changed before anything is called done.</summary>
public sealed class SeenChangedTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_that_ends_well_and_moves_no_traffic_pauses_the_run_with_what_was_seen_and_expected()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "idle";

        var run = await house.RollBackAsync(Token);

        Assert.Equal((RunState.Paused, PauseReason.Failed), (run.State, run.Pause));
        Assert.Equal("effect-not-seen", run.Outcome?.Code);
        Assert.Equal(["execute", "release/prod", "REL-B3 0%", "REL-B3 15%"], Why(run));
        Assert.Equal(StepState.Failed, Step(run, "execute").State);
        Assert.DoesNotContain(await TemplatesAsync(house), t => t == "rollback-verified");
        Assert.Empty(await house.Get<LeaseStore>().OpenAsync(Token));
    }

    [Theory]
    [InlineData("configctl.feature.set", "force-basic", "flag/glancy.lookup.force_basic")]
    [InlineData("configctl.feature.set", "regenerate-off", "flag/glancy.regenerate.enabled")]
    public async Task A_switch_that_does_not_move_pauses_the_kill_switch(string command, string step, string state)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        if (step == "regenerate-off")
        {
            house.Bastion.Flags["glancy.lookup.force_basic"] = "true";
        }

        house.Bastion.Behaviour[command] = "idle";

        var run = await DraftAndRunAsync(house, "kill-switch", new() { ["reason"] = "x" });

        Assert.Equal((RunState.Paused, "effect-not-seen"), (run.State, run.Outcome?.Code));
        Assert.Equal([step, state], Why(run).Take(2));
    }

    [Fact]
    public async Task A_train_that_does_not_step_down_pauses_the_one_rung_way()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["releasectl.stage.promote"] = "idle";
        var arguments = new Dictionary<string, string>
        {
            ["batch"] = "REL-B3",
            ["to"] = "REL-B2",
            ["weight"] = "5",
            ["reason"] = "x",
        };

        var run = await DraftAndRunAsync(house, "rollback-one-rung", arguments);

        Assert.Equal(["step-down", "release/prod", "REL-B2 5%", "REL-B3 15%"], Why(run));
    }

    [Fact]
    public async Task What_becomes_visible_a_moment_later_is_seen()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "idle";
        house.Bastion.ReadsUntil = (
            3,
            () => (house.Bastion.Weight, house.Bastion.Flags["glancy.lookup.force_basic"]) = ("0", "true")
        );

        var run = await house.RollBackAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
    }

    [Fact]
    public async Task A_retry_after_nothing_moved_runs_the_script_anew()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "idle";
        var run = await house.RollBackAsync(Token);
        house.Bastion.Behaviour["rollback_stage"] = "ok";

        Assert.IsType<RunOutcome.Accepted>(await house.Get<RunDesk>().RetryAsync(run.Id, house.Person("lin"), Token));
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        run = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Succeeded, 2), (run.State, Step(run, "execute").Attempt));
    }

    [Fact]
    public async Task A_retry_after_it_moved_late_takes_the_old_answer()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "idle";
        var run = await house.RollBackAsync(Token);
        (house.Bastion.Weight, house.Bastion.Flags["glancy.lookup.force_basic"]) = ("0", "true");

        Assert.IsType<RunOutcome.Accepted>(await house.Get<RunDesk>().RetryAsync(run.Id, house.Person("lin"), Token));
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        run = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Succeeded, 1), (run.State, Step(run, "execute").Attempt));
        Assert.Single(house.Bastion.Effects, e => e.StartsWith("rollback_stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_person_alone_does_not_leave_out_what_the_run_is_for()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        var desk = house.Get<RunDesk>();

        var first = Assert.IsType<RunOutcome.Refused>(
            await desk.SkipAsync(run.Id, "execute", "done by hand", house.Person("lin"), Token)
        );
        Assert.Equal("needs-second-for-skip", first.Refusal.Code);
        var again = Assert.IsType<RunOutcome.Refused>(
            await desk.SkipAsync(run.Id, "execute", "done by hand", house.Person("lin"), Token)
        );
        Assert.Equal("needs-second-for-skip", again.Refusal.Code);
        Assert.Equal(RunState.Paused, (await house.RunAsync(run.Id, Token)).State);
        Assert.IsType<RunOutcome.Accepted>(
            await desk.SkipAsync(run.Id, "execute", "agreed", house.Person("mei"), Token)
        );
    }

    [Fact]
    public async Task A_rollback_whose_script_was_left_out_is_not_called_rolled_back()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        await SkipAsync(house, run, "execute");
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        run = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Failed, "left-out"), (run.State, run.Outcome?.Code));
        Assert.Equal("15", house.Bastion.Weight);
        var posts = (await house.Get<NoticeBoard>().ListAsync(0, 100, Token))
            .Where(n => n.Kind == "post" && n.Template.StartsWith("rollback-", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, posts.Count);
        Assert.All(posts, p => Assert.Equal("incomplete", p.Arguments["standing"]));
        var row = Assert.Single(await house.Get<ProductDatabase>().BatchesAsync(10, Token) ?? []);
        Assert.Equal("incomplete", row.State);
        Assert.Contains("execute", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_by_hand_and_is_seen_counts_as_done()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        (house.Bastion.Weight, house.Bastion.Flags["glancy.lookup.force_basic"]) = ("0", "true");
        await SkipAsync(house, run, "execute");
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        run = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Succeeded, null), (run.State, run.Outcome));
        Assert.Equal("verified", Assert.Single(await house.Get<ProductDatabase>().BatchesAsync(10, Token) ?? []).State);
    }

    [Fact]
    public async Task A_proof_that_was_left_out_is_not_called_verified()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Away = true;
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        for (var i = 0; i < 45; i++)
        {
            await house.WorkAsync(Token);
            house.Advance(TimeSpan.FromSeconds(30));
        }

        await SkipAsync(house, draft, "verify-hooks");
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Succeeded, "unproven"), (run.State, run.Outcome?.Code));
        Assert.Equal(
            "unverified",
            Assert.Single(await house.Get<ProductDatabase>().BatchesAsync(10, Token) ?? []).State
        );
        var verified = Assert.Single(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n.Template == "rollback-verified"
        );
        Assert.Equal("unverified", verified.Arguments["standing"]);
    }

    [Fact]
    public async Task A_first_announcement_that_goes_out_early_claims_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await work;

        var early = Assert.Single(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n.Template == "rollback-first"
        );
        Assert.Equal("begun", early.Arguments["standing"]);
    }

    [Fact]
    public async Task A_first_announcement_in_its_turn_has_the_proof_before_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);

        var first = Assert.Single(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n.Template == "rollback-first"
        );
        Assert.Equal("done", first.Arguments["standing"]);
    }

    private static string[] Why(Run run) => run.Outcome?.Arguments ?? [];

    private static RunStep Step(Run run, string id) => run.Steps.Single(s => s.Id == id);

    private static async Task<List<string>> TemplatesAsync(OpsHouse house) =>
        [.. (await house.Get<NoticeBoard>().ListAsync(0, 100, Token)).Select(n => n.Template)];

    private static async Task SkipAsync(OpsHouse house, Run run, string step)
    {
        await house.Get<RunDesk>().SkipAsync(run.Id, step, "first", house.Person("lin"), Token);
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().SkipAsync(run.Id, step, "second", house.Person("mei"), Token)
        );
    }

    private static async Task<Run> DraftAndRunAsync(
        OpsHouse house,
        string procedure,
        Dictionary<string, string> arguments
    )
    {
        var outcome = await house.Get<Drafts>().DraftAsync(procedure, arguments, house.Person("lin"), "x", Token);
        var draft = Assert.IsType<DraftOutcome.Drafted>(outcome).Run;
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        return await house.RunAsync(draft.Id, Token);
    }
}
