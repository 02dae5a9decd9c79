using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// The harness sees what it is there for: an effect that happened twice, and a death that did not happen.
/// </summary>
[Collection(TwoReplicas.Name)]
public sealed class HarnessTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public async Task A_far_side_that_forgets_its_keys_when_another_worker_asks_is_found_out()
    {
        var token = TestContext.Current.CancellationToken;
        await house.TopologyAsync(1, token);
        var undisturbed = await house.UndisturbedAsync(ProcedureCases.Rollback, token);
        using var forgetful = ForgetfulAgent.In(house);

        var healthy = await new CrashRun(house, ProcedureCases.Rollback).PlayAsync(null, null, token);
        Assert.Empty(healthy.Facts.DifferencesFrom(undisturbed.Facts));

        var line = await new Sweep(house, ProcedureCases.Rollback, output.WriteLine).KillAsync(
            "broken agent",
            "after-effect:execute",
            undisturbed.Facts,
            token
        );

        // More than one when a slow machine costs the second worker its lease too.
        Assert.Contains(line.Problems, p => Regex.IsMatch(p, @"^\+[0-9]+ effect rollback_stage"));
    }

    [Fact]
    public async Task A_run_in_which_nobody_died_is_no_proof()
    {
        var token = TestContext.Current.CancellationToken;
        await house.TopologyAsync(1, token);
        var undisturbed = await house.UndisturbedAsync(ProcedureCases.Rollback, token);

        var line = await new Sweep(house, ProcedureCases.Rollback, output.WriteLine).KillAsync(
            "nobody dies",
            "before-effect:no-such-step",
            undisturbed.Facts,
            token
        );

        Assert.StartsWith("not one death", Assert.Single(line.Problems), StringComparison.Ordinal);
    }
}
