using Glancy.Ops.Hooks;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>Whoever only looks shares a look that is a second old at most; a decision never does.</summary>
public sealed class SharedLookTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_look_at_once_share_one_look_and_one_of_them_leaving_takes_it_from_nobody()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var hooks = house.Get<HookSnapshots>();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = hooks.SharedAsync(leaving.Token);
        await leaving.CancelAsync();

        var looks = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => hooks.SharedAsync(Token)));

        Assert.NotNull(Assert.Single(looks.Select(l => l.Id).Distinct()));
        await first.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_second_later_one_looks_again_and_a_decision_looks_for_itself()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var hooks = house.Get<HookSnapshots>();
        var before = await hooks.SharedAsync(Token);
        house.Lights.Set("HK-01", house.Now, 0.9);

        var decided = await hooks.OfAsync(new(), Token);
        house.Advance(TimeSpan.FromSeconds(1));
        var after = await hooks.SharedAsync(Token);

        Assert.False(before.Find("HK-01")?.RedUnexplained);
        Assert.True(decided.Find("HK-01")?.RedUnexplained);
        Assert.True(after.Find("HK-01")?.RedUnexplained);
    }
}
