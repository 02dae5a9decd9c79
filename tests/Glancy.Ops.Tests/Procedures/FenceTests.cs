using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;

namespace Glancy.Ops.Tests.Procedures;

public sealed class FenceTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claimed_run_is_nobody_elses_until_its_lease_has_ended()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await DueRunAsync(house);
        var claims = house.Get<RunClaims>();
        var first = await claims.TakeAsync("a", Long, Token);

        Assert.NotNull(first);
        Assert.Null(await claims.TakeAsync("b", Long, Token));
        await claims.ReleaseAsync(first, Token);
        Assert.Equal(first.Epoch + 1, (await claims.TakeAsync("b", Long, Token))?.Epoch);
    }

    [Fact]
    public async Task A_worker_whose_lease_was_taken_over_writes_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await DueRunAsync(house);
        var claims = house.Get<RunClaims>();
        var stale =
            await claims.TakeAsync("a", TimeSpan.Zero, Token)
            ?? throw new InvalidOperationException("Nothing was due.");
        var fresh = await claims.TakeAsync("b", Long, Token);
        Assert.Equal(stale.Epoch + 1, fresh?.Epoch);
        var events = (await house.Get<RunStore>().EventsAsync(run.Id, 0, Token)).Count;

        var change = new RunChange("run-running", RunState.Confirmed, RunState.Running, house.Now);
        await Assert.ThrowsAsync<ClaimLostException>(() =>
            house.Get<RunTransitions>().WriteAsync(stale, change, Token)
        );

        Assert.False(await claims.RenewAsync(stale, Long, Token));
        Assert.Equal(RunState.Confirmed, (await house.RunAsync(run.Id, Token)).State);
        Assert.Equal(events, (await house.Get<RunStore>().EventsAsync(run.Id, 0, Token)).Count);
        await Assert.ThrowsAsync<ClaimLostException>(() => house.Get<RunEngine>().WorkAsync(stale, Token));
        Assert.Empty(house.Bastion.Effects);
    }

    [Fact]
    public async Task A_change_from_a_state_the_run_has_left_is_not_written()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await DueRunAsync(house);
        var claim =
            await house.Get<RunClaims>().TakeAsync("a", Long, Token)
            ?? throw new InvalidOperationException("Nothing was due.");

        var change = new RunChange("run-verifying", RunState.Running, RunState.Verifying, house.Now);
        await Assert.ThrowsAsync<ClaimLostException>(() =>
            house.Get<RunTransitions>().WriteAsync(claim, change, Token)
        );
    }

    private static async Task<Run> DueRunAsync(OpsHouse house)
    {
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        return draft;
    }
}
