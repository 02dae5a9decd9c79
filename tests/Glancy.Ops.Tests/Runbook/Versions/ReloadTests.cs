using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using static Glancy.Ops.Tests.Runbook.Versions.VersionHouse;

namespace Glancy.Ops.Tests.Runbook.Versions;

/// <summary>
/// What a reload does to runs: drafts that it touches are drawn up anew, a confirmed run keeps what it was confirmed
/// with.
/// </summary>
public sealed class ReloadTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Edits that touch the rollback: its own file, a statement, a command, a flag its script changes, a role, one that
    // stands in.
    public static TheoryData<string, string, string> Touching =>
        new()
        {
            { "procedures/rollback.yaml", "deadline: 10m", "deadline: 9m" },
            { "statements/record-rollback.sql", "insert into", "insert  into" },
            {
                "commands.yaml",
                "text: configctl snapshot create --env prod",
                "text: configctl snapshot create --env prod --full"
            },
            {
                "commands.yaml",
                "text: ops/bin/rollback_stage.sh --batch {batch}",
                "text: ops/bin/rollback_stage.sh --verbose --batch {batch}"
            },
            { "flags.yaml", "affects: [HK-06, doubao-5xx, contract-parse]", "affects: [HK-06, doubao-5xx]" },
            { "roles.yaml", "stands_in_for: [primary]", "stands_in_for: [primary, dba]" },
            {
                "roles.yaml",
                "name: { zh: 发布经理（RM）, en: Release manager }",
                "name: { zh: 发布经理, en: Release manager }"
            },
        };

    [Theory]
    [MemberData(nameof(Touching))]
    public async Task A_draft_that_the_reload_touches_is_superseded_by_a_new_one(string file, string old, string @new)
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var draft = await a.DraftRollbackAsync(Token);
        copy.Replace(file, old, @new);
        await LookAsync(a);

        var (run, fresh) = await PairAsync(a, draft);
        Assert.Equal((RunState.Superseded, "stale-plan"), (run.State, run.Outcome?.Code));
        Assert.Equal((RunState.Draft, InForce(a), draft.Reason), (fresh.State, fresh.RunbookVersion, fresh.Reason));
        Assert.NotEqual(draft.RunbookVersion, fresh.RunbookVersion);
    }

    /// <summary>ADR 11: its card says what is typed to draft it again.</summary>
    [Fact]
    public async Task A_version_that_drops_the_verb_of_an_open_run_waits_for_its_end()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var before = InForce(a);
        var draft = await a.DraftRollbackAsync(Token);
        copy.Replace("verbs.yaml", "says: rollback", "says: go-back");
        copy.Replace("procedures/rollback.yaml", "shares: rollback", "shares: go-back");
        copy.Replace("procedures/rollback-one-rung.yaml", "shares: rollback", "shares: go-back");
        await LookAsync(a);

        Assert.Equal(before, InForce(a));
        var problem = Assert.Single(Assert.Single((await StatusAsync(a)).Replicas).Report.Problems);
        Assert.Equal(
            (StandingVerbs.Code, "rollback", draft.Name),
            (problem.Code, problem.Arguments[0], problem.Arguments[1])
        );

        Assert.IsType<RunOutcome.Accepted>(
            await a.Get<RunDesk>().DismissAsync(draft.Id, "not wanted", a.Person("mei"), Token)
        );
        await LookAsync(a);
        Assert.NotEqual(before, InForce(a));
        Assert.Contains(a.Get<Glancy.Ops.Runbook.RunbookHolder>().Current.Verbs, v => v.Path == "go-back");
    }

    [Fact]
    public async Task A_draft_that_the_reload_does_not_touch_stays_and_runs()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var draft = await a.DraftRollbackAsync(Token);
        copy.Replace("hooks/hk-03.yaml", "red: \">= 1.2 x\"", "red: \">= 1.1 x\"");
        copy.Replace(
            "commands.yaml",
            "text: tail -n 50 /var/log/rollback_stage.log",
            "text: tail -n 40 /var/log/rollback_stage.log"
        );
        await LookAsync(a);

        Assert.Equal(RunState.AwaitingSecond, (await a.RunAsync(draft.Id, Token)).State);
        Assert.IsType<RunOutcome.Accepted>(await a.ConfirmAsync(draft, "mei", Token));
        await a.WorkAsync(Token);
        await a.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await a.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task Sweeps_and_a_confirmation_at_once_make_one_new_draft()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var (a, b) = (await house.BeginAsync("a", copy), await house.BeginAsync("b", copy));
        var draft = await a.DraftRollbackAsync(Token);
        copy.Replace("procedures/rollback.yaml", "deadline: 10m", "deadline: 9m");
        await a.Get<VersionLook>().LookAsync(Token);
        await b.Get<VersionLook>().LookAsync(Token);
        await a.Get<VersionLook>().LookAsync(Token);

        await Task.WhenAll(
            b.Get<VersionLook>().LookAsync(Token),
            a.Get<VersionLook>().LookAsync(Token),
            a.ConfirmAsync(draft, "mei", Token),
            b.ConfirmAsync(draft, "wu", Token)
        );

        // A confirmation may have come before the version; then the run is drawn up anew when it would start.
        await b.Get<VersionLook>().LookAsync(Token);
        await a.WorkAsync(Token);

        var runs = await a.Get<RunStore>().ListAsync(openOnly: false, 100, Token);
        Assert.True(
            runs.Count == 2,
            string.Join(
                ", ",
                runs.OrderBy(r => r.Id)
                    .Select(r => $"{r.Name} {r.State} {r.Outcome?.Code} v{r.RunbookVersion} by {r.SupersededBy}")
            )
        );
        Assert.Equal([RunState.Superseded, RunState.Draft], runs.OrderBy(r => r.Id).Select(r => r.State));
    }

    [Fact]
    public async Task A_replica_that_has_not_heard_of_the_reload_confirms_nothing_of_the_old()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var draft = await a.DraftRollbackAsync(Token);
        var other = house.Copy();
        other.Replace("procedures/rollback.yaml", "deadline: 10m", "deadline: 9m");
        var b = await house.BeginAsync("b", other);
        await house.ExecuteAsync(
            "update glancy.runbook_active set number = number + 1, version = (select version from "
                + "glancy.runbook_replica where replica = 'b')"
        );

        var outcome = Assert.IsType<RunOutcome.Replanned>(await a.ConfirmAsync(draft, "mei", Token));

        Assert.Equal(other.Load().Content?.Version, outcome.New.RunbookVersion);
        Assert.NotEqual(draft.RunbookVersion, outcome.New.RunbookVersion);
        Assert.NotNull(b);
    }

    [Fact]
    public async Task A_replica_that_has_not_heard_of_the_reload_voids_no_draft_of_the_new()
    {
        await using var house = await BuildAsync(postgres, Token);
        var (a, late) = (await house.BeginAsync("a", house.Copy()), await house.BeginAsync("late", house.Copy()));
        var draft = await a.DraftRollbackAsync(Token);
        var other = house.Copy();
        other.Replace("procedures/rollback.yaml", "deadline: 10m", "deadline: 9m");
        await house.BeginAsync("b", other);
        await house.ExecuteAsync(
            "update glancy.runbook_active set number = number + 1, version = (select version from "
                + "glancy.runbook_replica where replica = 'b')"
        );
        await a.Get<RunbookVersions>().FollowAsync(Token);
        await a.Get<DraftVoiding>().SweepAsync(Token);
        var (_, fresh) = await PairAsync(a, draft);

        await late.Get<DraftVoiding>().SweepAsync(Token);

        Assert.Equal(RunState.Draft, (await a.RunAsync(fresh.Id, Token)).State);
        Assert.Equal(2, (await a.Get<RunStore>().ListAsync(openOnly: false, 100, Token)).Count);
    }

    [Fact]
    public async Task A_confirmed_run_that_has_not_started_is_drawn_up_anew()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var draft = await a.DraftRollbackAsync(Token);
        Assert.IsType<RunOutcome.Accepted>(await a.ConfirmAsync(draft, "mei", Token));
        copy.Replace(
            "commands.yaml",
            "text: ops/bin/rollback_stage.sh --batch {batch}",
            "text: ops/bin/rollback_stage.sh --verbose --batch {batch}"
        );
        await LookAsync(a);
        await a.WorkAsync(Token);

        var (run, fresh) = await PairAsync(a, draft);
        Assert.Equal(RunState.Superseded, run.State);
        Assert.Equal(RunState.Draft, fresh.State);
        Assert.Empty(a.Bastion.Effects);
    }

    [Fact]
    public async Task A_run_that_has_started_keeps_its_own_texts_to_the_end()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        a.Bastion.ScriptSetsFlag = false;
        a.Bastion.Behaviour["rollback_stage"] = "hangs";
        var draft = await a.DraftRollbackAsync(Token);
        await a.ConfirmAsync(draft, "mei", Token);
        var work = a.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => a.Bastion.Effects.Count == 2, Token);
        copy.Replace("statements/close-rollback.sql", "set state = @ending", "set state = 'closed'");
        copy.Replace(
            "commands.yaml",
            "text: configctl feature set {flag} {value} --env prod",
            "text: configctl feature put {flag} {value} --env prod"
        );
        copy.Replace("procedures/rollback.yaml", "  - id: announce-verified", "  - id: announce-otherwise");
        var old = InForce(a);
        await LookAsync(a);
        Assert.NotEqual(old, InForce(a));
        a.Bastion.Finish($"{draft.Name}/execute/1", 0);
        await work;
        await a.ProveAsync(Token);

        var run = await a.RunAsync(draft.Id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
        Assert.Equal(old, run.RunbookVersion);
        Assert.Equal(
            "verified",
            await house.ProductAsync($"select state from release_batches where run = '{run.Name}'")
        );
        var typed = (await AuditAsync(a, "step-start")).Select(e => e.Command ?? "").ToList();
        Assert.Contains("configctl feature set glancy.lookup.force_basic true --env prod", typed);
        Assert.DoesNotContain(typed, command => command.Contains("feature put", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_of_a_procedure_that_is_gone_ends_without_another()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var draft = await a.DraftRollbackAsync(Token);
        File.Move(copy.PathOf("procedures/rollback.yaml"), copy.PathOf("procedures/roll-back.yaml"));
        copy.Replace("procedures/roll-back.yaml", "id: rollback", "id: roll-back");
        await LookAsync(a);

        var run = await a.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Superseded, null), (run.State, run.SupersededBy));
    }

    private static async Task<(Run Old, Run New)> PairAsync(OpsHouse house, Run draft)
    {
        var old = await house.RunAsync(draft.Id, Token);
        return (
            old,
            await house.RunAsync(
                old.SupersededBy
                    ?? throw new InvalidOperationException($"{old.Name} is {old.State} and has no successor."),
                Token
            )
        );
    }
}
