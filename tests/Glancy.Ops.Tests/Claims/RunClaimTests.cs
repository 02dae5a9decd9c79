using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Tests.Procedures;
using Glancy.QueueTests;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Tests.Claims;

/// <summary>Runs: one that is given up is paused, and a person's word takes it up again.</summary>
public sealed class RunClaimTests(PostgresFixture postgres) : GivenUpPromises
{
    private OpsHouse? house;
    private long first;

    protected override BotDatabase Database => House.Get<BotDatabase>();

    protected override string Connection => House.Get<IOptions<ReplicaOptions>>().Value.Database;

    protected override ClaimTable Queue => RunClaims.Queue;

    private OpsHouse House => house ?? throw new InvalidOperationException("no house");

    public override async ValueTask InitializeAsync() => house = await OpsHouse.BuildAsync(postgres, Token);

    public override ValueTask DisposeAsync() => House.DisposeAsync();

    [Fact]
    public async Task A_run_whose_replica_dies_each_time_is_paused_once_and_said_to_a_person()
    {
        var key = await PutAsync();
        var claims = House.Get<RunClaims>();
        for (var i = 0; i < Queue.MostAttempts * 2; i++)
        {
            var dying = await claims.TakeAsync($"killed{i}", TimeSpan.Zero, Token);
            Assert.False(dying is null || await House.Get<RunGivingUp>().VanishedAsync(dying, Token));
        }

        var last = await claims.TakeAsync("last", Lease, Token);
        Assert.True(last is not null && await House.Get<RunGivingUp>().VanishedAsync(last, Token));
        await claims.ReleaseAsync(last, Token);

        Assert.Equal([(key, "interrupted")], await GivenUpAsync());
        Assert.Null(await TakeAsync("b", Lease));
        Assert.Single(await House.Get<NoticeBoard>().ListAsync(0, 100, Token), n => n.Template == "page-failed");
    }

    [Fact]
    public async Task What_has_not_begun_fails_and_may_be_drafted_anew()
    {
        var run = await House.DraftRollbackAsync(Token);
        await House.ConfirmAsync(run, "mei", Token);
        for (var i = 0; i < Queue.MostAttempts; i++)
        {
            await Database.ExecuteAsync("update glancy.run set next_at = null", null, Token);
            await FailAsync(await TakeAsync("a", Lease), "boom");
        }

        var ended = await House.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Failed, "run-given-up"), (ended.State, ended.Outcome?.Code));
        Assert.Empty(House.Bastion.Effects);
    }

    [Fact]
    public async Task What_has_lasted_a_whole_lease_is_not_what_kills()
    {
        await PutAsync();
        var claims = House.Get<RunClaims>();
        for (var i = 0; i < 3; i++)
        {
            await claims.TakeAsync("a", TimeSpan.Zero, Token);
        }

        var claim = await claims.TakeAsync("b", Lease, Token);
        Assert.Equal(4, claim?.Attempts);
        Assert.True(claim is not null && await claims.RenewAsync(claim, TimeSpan.Zero, Token, thrives: true));
        Assert.Equal(2, (await claims.TakeAsync("c", Lease, Token))?.Attempts);
    }

    protected override async Task<string> PutAsync()
    {
        if (first == 0)
        {
            var run = await House.DraftRollbackAsync(Token);
            await House.ConfirmAsync(run, "mei", Token);
            first = run.Id;
            await Database.ExecuteAsync("update glancy.run set state = 'Running'", null, Token);
            return first.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        // The same once more, as if of another train.
        return (
            await Database.QueryAsync<string>(
                """
                with twin as (
                  insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash, keys, state,
                    requested_by, reason, created_at, expires_at,
                                          confirmed_at, due_at)
                  select definition, runbook_version, arguments, plan, plan_hash, keys, 'Running', requested_by, reason,
                    created_at, expires_at,
                         confirmed_at, @now
                    from glancy.run where id = @first returning id),
                steps as (
                  insert into glancy.run_step (run_id, ordinal, id, state) select twin.id, s.ordinal, s.id, 'Pending'
                    from glancy.run_step s cross join twin where s.run_id = @first)
                select id::text from twin
                """,
                new { first, now = House.Now.ToUniversalTime() },
                Token
            )
        )[0];
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease) =>
        await House.Get<RunClaims>().TakeAsync(owner, lease, Token) is not { } claim
            ? null
            : new TakenItem(
                claim.Held.Key,
                claim.Attempts,
                () => House.Get<RunClaims>().ReleaseAsync(claim, Token),
                trouble => House.Get<RunGivingUp>().FailedAsync(claim, trouble, Token)
            );

    protected override async Task<IReadOnlyList<(string Key, string Trouble)>> GivenUpAsync()
    {
        var runs = await House.Get<RunStore>().OpenAsync(Token);
        return
        [
            .. runs.Where(r => r is { State: RunState.Paused, Outcome.Code: "run-given-up" })
                .Select(r =>
                    (r.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), r.Outcome?.Arguments[2] ?? "")
                ),
        ];
    }

    protected override async Task TakeUpAsync(string key) =>
        Assert.IsType<RunOutcome.Accepted>(
            await House
                .Get<RunDesk>()
                .RetryAsync(
                    long.Parse(key, System.Globalization.CultureInfo.InvariantCulture),
                    House.Person("mei"),
                    Token
                )
        );
}
