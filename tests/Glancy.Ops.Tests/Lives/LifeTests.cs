using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Lives;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Lives;

/// <summary>
/// A database that was restored or made anew is found out, and never given the answers of its former life.
/// </summary>
public sealed class LifeTests(PostgresFixture postgres)
{
    private static readonly string Hash = new('f', 64);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_run_is_not_given_the_answer_of_an_old_one_of_the_same_number()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Clock = () => house.Now;

        // A database made anew: R-1 comes again, and the bastion has heard of R-1 with a high epoch.
        house.Bastion.Remember("R-1/execute/1", "rollback_stage", house.Now.AddDays(-3), 4711, Hash);
        house.Bastion.Remember("R-1/snapshot/1", "configctl.snapshot.create", house.Now.AddDays(-3), 4709, Hash);

        var run = await house.RollBackAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal((1, RunState.Succeeded), (run.Id, (await house.RunAsync(run.Id, Token)).State));
        Assert.Equal(["configctl.snapshot.create ", "rollback_stage batch=REL-B3"], house.Bastion.Effects);
        Assert.Equal("0", house.Bastion.Weight);
    }

    [Fact]
    public async Task The_product_does_not_take_an_old_marker_for_this_runs()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await house.RollBackAsync(Token);
        var key = EffectKey.Of(run, run.Steps.Single(s => s.Id == "record"));
        var audit = new ProductAuditRow
        {
            Key = key,
            At = house.Now.AddDays(2),
            Actor = "lin",
            Action = "sql.run",
            Target = "x",
            Before = null,
            After = null,
            Command = null,
            Run = run.Name,
            Incident = null,
        };

        var outcome = await house
            .Get<ProductDatabase>()
            .ApplyAsync(
                key,
                run.Name,
                run.Name,
                9,
                "select 1",
                new Dictionary<string, string>(),
                new RowBounds(1, 1),
                audit,
                Token
            );

        Assert.IsType<SqlOutcome.Older>(outcome);
        Assert.Matches(@"^R-1/record/1\.[0-9a-f]{8}$", key);
    }

    [Fact]
    public async Task An_answer_from_before_the_step_began_is_none()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Clock = () => house.Now.AddHours(-1);

        var run = await house.RollBackAsync(Token);

        Assert.Equal((RunState.Paused, PauseReason.Unknown), (run.State, run.Pause));
        Assert.Equal(("script-unknown", "older"), (run.Outcome?.Code, run.Outcome?.Arguments[1]));
    }

    [Fact]
    public async Task A_chain_behind_the_anchors_takes_a_new_life_says_so_once_and_holds_what_adds_risk()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        await house.ThawAsync(Token);
        var before = (await house.Get<LifeStore>().CurrentAsync(Token)).Id;
        house.Bastion.Remember("R-90/execute/1." + before, "rollback_stage", house.Now, 4711, Hash);

        await house.ConnectAsync(8, Token);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.Get<LifeWatch>().LookAsync(Token)));
        var life = await house.Get<LifeWatch>().LookAsync(Token);

        Assert.NotEqual(before, life.Id);
        Assert.True(life.Open);
        Assert.Equal(["4711:" + Hash], life.Beyond);
        Assert.Single(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n is { Kind: "page", Template: "page-database-restored" }
        );
        Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "life-begun"), Token));
        Assert.False((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
        var content = house.Get<Ops.Runbook.RunbookHolder>().Current;
        Assert.Equal(
            "database-restored",
            (await house.Get<PlanGuards>().RefusalAsync(Asked(content.Procedures["revert-release"]), Token))?.Code
        );
        Assert.Equal(
            "database-restored",
            (await house.Get<PlanGuards>().RefusalAsync(Asked(content.Procedures["thaw"]), Token))?.Code
        );
        Assert.Null(await house.Get<PlanGuards>().RefusalAsync(Asked(content.Procedures["rollback"]), Token));
    }

    [Fact]
    public async Task A_run_that_was_confirmed_before_it_was_found_out_begins_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        house.Bastion.Remember("R-90/execute/1", "rollback_stage", house.Now, 4711, Hash);
        house.Advance(TimeSpan.FromSeconds(1));

        await house.WorkAsync(Token);

        Assert.True((await house.Get<LifeStore>().CurrentAsync(Token)).Open);
        Assert.Empty(house.Bastion.Effects);
        Assert.Equal(RunState.Running, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task A_chain_that_went_on_otherwise_than_the_bastion_knows_is_behind_too()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Bastion.Remember("R-90/execute/1", "rollback_stage", house.Now, 3, Hash);

        Assert.True((await house.Get<LifeWatch>().LookAsync(Token)).Open);
    }

    [Fact]
    public async Task An_intact_chain_keeps_its_life_whatever_is_looked_at()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var before = await house.Get<LifeStore>().CurrentAsync(Token);
        await house.RollBackAsync(Token);

        Assert.Equal(before.Id, (await house.Get<LifeWatch>().LookAsync(Token)).Id);
        house.Bastion.Away = true;
        Assert.Equal(before.Id, (await house.Get<LifeWatch>().LookAsync(Token)).Id);
    }

    [Fact]
    public async Task Once_a_person_has_looked_work_goes_on_and_the_finding_is_settled()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Bastion.Remember("R-90/execute/1", "rollback_stage", house.Now, 4711, Hash);
        await house.Get<LifeWatch>().LookAsync(Token);
        var desk = house.Get<LifeDesk>();

        Assert.Equal("not-on-roster", (await desk.AcknowledgeAsync(house.Person("olga"), "looked", Token))?.Code);
        Assert.Null(await desk.AcknowledgeAsync(house.Person("lin"), "looked", Token));

        Assert.Equal("life-not-open", (await desk.AcknowledgeAsync(house.Person("lin"), "again", Token))?.Code);
        Assert.False((await house.Get<LifeWatch>().LookAsync(Token)).Open);
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
        await house.ThawAsync(Token);
    }

    [Fact]
    public async Task A_run_that_was_under_way_when_the_database_was_saved_waits_for_that_person()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.9);
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);
        house.Advance(TimeSpan.FromSeconds(1));
        house.Bastion.Remember("R-90/execute/1", "rollback_stage", house.Now, 4711, Hash);
        await house.Get<LifeWatch>().LookAsync(Token);

        // What it waits for is there after a window, and it does not go on all the same.
        house.Lights.Set("HK-01", house.Now, double.NaN);
        await house.ProveAsync(Token);
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);

        Assert.Null(await house.Get<LifeDesk>().AcknowledgeAsync(house.Person("lin"), "looked", Token));
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
    }

    private static GuardQuestion Asked(Procedure definition) =>
        new(GuardMoment.Draft, definition, new Dictionary<string, string>(), [], new Decision());
}
