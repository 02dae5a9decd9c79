using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;

namespace Glancy.Ops.Tests.Procedures;

public sealed class RollbackRunTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_persons_confirm_and_the_rollback_ends_verified()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        Assert.Equal(RunState.AwaitingSecond, draft.State);

        Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "mei", Token));
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
        Assert.Equal("0", house.Bastion.Weight);
        Assert.Equal(["configctl.snapshot.create ", "rollback_stage batch=REL-B3"], house.Bastion.Effects);
        Assert.Equal(StepState.NothingToDo, run.Steps.Single(s => s.Id == "force-basic").State);
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
        var posts = (await house.Get<NoticeBoard>().ListAsync(0, 100, Token))
            .Where(n => n.Kind == "post")
            .Select(n => n.Template)
            .ToList();
        Assert.Equal(["rollback-first", "rollback-verified", "run-ended"], posts);
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
    }

    [Fact]
    public async Task The_switch_is_set_when_the_script_did_not_set_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.ScriptSetsFlag = false;
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal("configctl.feature.set flag=glancy.lookup.force_basic value=true", house.Bastion.Effects[^1]);
        var lease = Assert.Single(await house.Get<LeaseStore>().OpenAsync(Token), l => l.IsSwitch);
        Assert.Equal(("flag/glancy.lookup.force_basic", "false", "true"), (lease.Target, lease.Prior, lease.Value));
    }

    [Fact]
    public async Task The_same_person_twice_is_one_person()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var outcome = Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "lin", Token));

        Assert.Equal("same-person", outcome.Refusal.Code);
        await house.WorkAsync(Token);
        Assert.Empty(house.Bastion.Effects);
    }

    [Theory]
    [InlineData("olga", "not-on-roster")]
    [InlineData("chen", "not-on-roster")]
    public async Task Who_is_not_on_the_roster_confirms_nothing(string person, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var outcome = Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, person, Token));

        Assert.Equal(code, outcome.Refusal.Code);
    }

    [Fact]
    public async Task Two_persons_without_the_role_do_not_suffice()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "dong");

        var outcome = Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "sun", Token));

        Assert.Equal(RunState.AwaitingSecond, outcome.Run.State);
        Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "wu", Token));
        Assert.Equal(RunState.Confirmed, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task Two_confirmations_at_once_have_one_effect_and_two_answers()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var outcomes = await Task.WhenAll(
            new[] { "mei", "wu", "mei", "wu" }.Select(person => house.ConfirmAsync(draft, person, Token))
        );

        Assert.Single(outcomes.OfType<RunOutcome.Accepted>());
        Assert.All(
            outcomes.OfType<RunOutcome.Refused>(),
            o => Assert.Contains(o.Refusal.Code, new[] { "already-confirmed", "same-person" })
        );
        await house.WorkAsync(Token);
        Assert.Single(house.Bastion.Effects, e => e.StartsWith("rollback_stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_that_would_be_another_now_is_not_confirmed()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        house.Bastion.Digest = new string('b', 64);

        var outcome = Assert.IsType<RunOutcome.Replanned>(await house.ConfirmAsync(draft, "mei", Token));

        Assert.Equal(RunState.Superseded, outcome.Old.State);
        Assert.Equal(RunState.Draft, outcome.New.State);
        Assert.NotEqual(draft.Plan.Code, outcome.New.Plan.Code);
    }

    [Fact]
    public async Task A_wrong_code_confirms_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var outcome = await house.Get<RunDesk>().ConfirmAsync(draft.Id, "abc", house.Person("mei"), null, Token);

        Assert.Equal("bad-code", Assert.IsType<RunOutcome.Refused>(outcome).Refusal.Code);
    }

    [Fact]
    public async Task A_draft_nobody_confirms_expires()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(
            "expired",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "mei", Token)).Refusal.Code
        );
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Expired, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_script_that_hangs_past_its_deadline_is_unknown_and_paged_and_announced_all_the_same()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await work;

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Paused, PauseReason.Unknown), (run.State, run.Pause));
        var said = (await house.Get<NoticeBoard>().ListAsync(0, 100, Token)).Select(n => n.Template).ToList();
        Assert.Contains("page-unknown", said);
        Assert.Contains("rollback-first", said);
    }

    [Fact]
    public async Task Retry_adopts_an_attempt_that_succeeded_after_all()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await work;
        house.Bastion.Finish($"{draft.Name}/execute/1", 0);

        Assert.IsType<RunOutcome.Accepted>(await house.Get<RunDesk>().RetryAsync(draft.Id, house.Person("lin"), Token));
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
        Assert.Single(house.Bastion.Effects, e => e.StartsWith("rollback_stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_fails_pauses_and_a_person_may_try_again()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        Assert.Equal(PauseReason.Failed, (await house.RunAsync(draft.Id, Token)).Pause);

        house.Bastion.Behaviour["rollback_stage"] = "ok";
        await house.Get<RunDesk>().RetryAsync(draft.Id, house.Person("mei"), Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal(2, run.Steps.Single(s => s.Id == "execute").Attempt);
    }

    [Fact]
    public async Task Prometheus_away_lets_the_rollback_run_and_leaves_it_unverified()
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

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(
            (RunState.Paused, PauseReason.Unverified, "hooks-unknown"),
            (run.State, run.Pause, run.Outcome?.Code)
        );
        Assert.Equal("0", house.Bastion.Weight);
    }

    [Fact]
    public async Task Drift_after_the_first_effect_pauses()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.ScriptSetsFlag = false;
        house.Bastion.AfterEffect = command =>
        {
            if (command == "configctl.snapshot.create")
            {
                house.Bastion.Weight = "50";
            }
        };
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Paused, PauseReason.Drift), (run.State, run.Pause));
        Assert.DoesNotContain(house.Bastion.Effects, e => e.StartsWith("rollback_stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Abort_lets_the_effect_in_flight_finish_and_then_ends()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("lin"), "wrong batch", Token)
        );
        Assert.Equal(RunState.Running, (await house.RunAsync(draft.Id, Token)).State);
        house.Bastion.Finish($"{draft.Name}/execute/1", 0);
        await work;

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(RunState.Aborted, run.State);
        Assert.Equal(StepState.Done, run.Steps.Single(s => s.Id == "execute").State);
        Assert.Equal(StepState.Pending, run.Steps.Single(s => s.Id == "force-basic").State);
    }

    [Fact]
    public async Task Skipping_an_expectation_takes_a_second_person()
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

        var desk = house.Get<RunDesk>();
        Assert.Equal(
            "needs-second-for-skip",
            Assert
                .IsType<RunOutcome.Refused>(
                    await desk.SkipAsync(draft.Id, "verify-hooks", "dashboards are fine", house.Person("lin"), Token)
                )
                .Refusal.Code
        );
        Assert.Equal(
            "needs-second-for-skip",
            Assert
                .IsType<RunOutcome.Refused>(
                    await desk.SkipAsync(draft.Id, "verify-hooks", "dashboards are fine", house.Person("lin"), Token)
                )
                .Refusal.Code
        );
        Assert.IsType<RunOutcome.Accepted>(
            await desk.SkipAsync(draft.Id, "verify-hooks", "agreed", house.Person("mei"), Token)
        );
        await house.WorkAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_bastion_that_is_away_means_no_draft_and_says_so()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Away = true;
        var arguments = new Dictionary<string, string> { ["batch"] = "REL-B3", ["reason"] = "x" };

        var outcome = await house.Get<Drafts>().DraftAsync("rollback", arguments, house.Person("lin"), "x", Token);

        Assert.Equal("unreachable-bastion", Assert.IsType<DraftOutcome.Refused>(outcome).Refusal.Code);
    }

    [Fact]
    public async Task Who_asked_for_a_draft_may_withdraw_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "olga");

        Assert.Equal(
            "not-on-call",
            Assert
                .IsType<RunOutcome.Refused>(
                    await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("dong"), "not mine", Token)
                )
                .Refusal.Code
        );
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("olga"), "mistake", Token)
        );
        await house.WorkAsync(Token);

        Assert.Equal(RunState.Aborted, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_refused_confirmation_is_in_the_audit()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "olga", Token);

        var attempt = Assert.Single(
            await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "run-confirm-refused"), Token)
        );
        Assert.Equal(("olga", draft.Name, "not-on-roster"), (attempt.Actor, attempt.Run, attempt.Detail["why"]));
    }

    [Fact]
    public async Task Nobody_without_the_role_makes_a_retry_touch_the_running_script()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await HangAsync(house);

        var outcome = await house.Get<RunDesk>().RetryAsync(draft.Id, house.Person("olga"), Token);

        Assert.Equal("not-on-roster", Assert.IsType<RunOutcome.Refused>(outcome).Refusal.Code);
        Assert.Equal(0, house.Bastion.Cancelled);
    }

    [Fact]
    public async Task Aborting_a_run_whose_script_hangs_past_its_deadline_kills_it_before_the_key_is_free()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await HangAsync(house);

        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("lin"), "by hand", Token)
        );
        await house.WorkAsync(Token);

        Assert.Equal(RunState.Aborted, (await house.RunAsync(draft.Id, Token)).State);
        Assert.Equal(1, house.Bastion.Cancelled);
    }

    [Fact]
    public async Task An_abort_that_comes_before_a_takeover_still_lets_the_effect_finish()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        using var died = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = house.WorkAsync(died.Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("lin"), "stop", Token);
        await died.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Asked >= 2, Token);
        Assert.Equal(RunState.Running, (await house.RunAsync(draft.Id, Token)).State);
        house.Bastion.Finish($"{draft.Name}/execute/1", 0);
        await second;

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Aborted, StepState.Done), (run.State, run.Steps.Single(s => s.Id == "execute").State));
    }

    [Fact]
    public async Task An_abort_interrupts_a_wait()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.9);
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);

        await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("lin"), "enough", Token);
        await house.WorkAsync(Token);

        Assert.Equal(RunState.Aborted, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_switch_set_by_a_script_that_failed_is_ours_all_the_same()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails-after-acting";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        house.Bastion.Behaviour["rollback_stage"] = "ok";
        await house.Get<RunDesk>().RetryAsync(draft.Id, house.Person("mei"), Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
        var lease = Assert.Single(await house.Get<LeaseStore>().OpenAsync(Token), l => l.IsSwitch);
        Assert.Equal(("false", "true"), (lease.Prior, lease.Value));
    }

    [Fact]
    public async Task Who_went_off_duty_between_the_click_and_the_start_does_not_count()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.AdvanceTo(new DateTimeOffset(2025, 4, 18, 10, 59, 0, TimeSpan.Zero));
        var draft = await house.DraftRollbackAsync(Token);
        Assert.Equal(
            RunState.Confirmed,
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "mei", Token)).Run.State
        );

        // Nobody accepts the handover, so those who leave are off duty half an hour later.
        house.Advance(TimeSpan.FromMinutes(31));
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Aborted, "role-lost"), (run.State, run.Outcome?.Code));
        Assert.Empty(house.Bastion.Effects);
        Assert.Contains(await house.Get<NoticeBoard>().ListAsync(0, 100, Token), n => n.Kind == "page");
    }

    [Fact]
    public async Task An_old_version_that_is_gone_is_not_rolled_back_to()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Batch = "REL-B5";
        house.Bastion.Weight = "100";
        var arguments = new Dictionary<string, string> { ["batch"] = "REL-B5", ["reason"] = "x" };

        var outcome = await house.Get<Drafts>().DraftAsync("rollback", arguments, house.Person("lin"), "x", Token);

        Assert.Equal(
            ["REL-B5", "blue"],
            Assert.IsType<DraftOutcome.Refused>(outcome).Refusal is { Code: "old-version-gone" } gone
                ? gone.Arguments
                : []
        );
    }

    private static async Task<Run> HangAsync(OpsHouse house)
    {
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await work;
        Assert.Equal(PauseReason.Unknown, (await house.RunAsync(draft.Id, Token)).Pause);
        return draft;
    }
}
