using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// What the rollback stands on goes away while its script runs; the run ends as if nothing had happened.
/// </summary>
[Collection(OneReplica.Name)]
public sealed class RollbackOutageTests(CrashWorld house)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    private World World => house.World;

    [Fact]
    public Task PostgreSQL_crashes_and_is_restarted_while_the_script_runs() =>
        UnharmedAsync(
            null,
            async (_, token) =>
            {
                await WithTheScriptRunningAsync(() => World.Postgres.RestartAsync(RestartKind.Immediate, token), token);
            }
        );

    [Fact]
    public Task PostgreSQL_is_away_when_the_script_ends() =>
        UnharmedAsync(
            null,
            async (_, token) =>
            {
                try
                {
                    await WithTheScriptRunningAsync(() => World.Postgres.StopAsync(RestartKind.Immediate), token);
                    await Wait.UntilAsync(() => Script("done"), "the script is done", token);
                }
                finally
                {
                    await World.Postgres.ResumeAsync(CancellationToken.None);
                }
            }
        );

    [Fact]
    public Task The_SSH_connections_are_cut_while_the_script_runs() =>
        UnharmedAsync(
            null,
            async (_, token) =>
            {
                await WithTheScriptRunningAsync(
                    async () =>
                    {
                        // More than once: the first one may fall between two questions.
                        for (var cut = 0; cut < 3; cut++)
                        {
                            await Wait.UntilAsync(
                                () => SshSessions.Of(World.Bastion).Count > 0,
                                "somebody is connected",
                                token
                            );
                            Assert.NotEqual(0, await World.Bastion.CutConnectionsAsync(token));
                        }
                    },
                    token
                );
            }
        );

    [Fact]
    public Task Sshd_is_down_for_seconds_when_the_effect_is_due() =>
        UnharmedAsync(
            "before-effect:execute hold",
            async (_, token) =>
            {
                await Wait.UntilAsync(() => house.Orders.TakenBy() is not null, "the run is at its effect", token);
                var worker = house.Orders.TakenBy() ?? 0;
                await World.Bastion.StopAsync(token);
                try
                {
                    house.Orders.Release(worker);
                    await Task.Delay(Outage, token);
                    Assert.DoesNotContain(World.Effects.All, e => e.Command == "rollback_stage");
                }
                finally
                {
                    await World.Bastion.ResumeAsync(CancellationToken.None);
                }
            }
        );

    private async Task UnharmedAsync(string? order, Func<long, CancellationToken, Task> trouble)
    {
        var token = TestContext.Current.CancellationToken;
        await house.TopologyAsync(1, token);
        var undisturbed = await house.UndisturbedAsync(ProcedureCases.Rollback, token);

        var played = await new CrashRun(house, ProcedureCases.Rollback).PlayAsync(order, trouble, token);

        Assert.Empty(played.Facts.DifferencesFrom(undisturbed.Facts));
        Assert.Empty(played.Deaths);
        await house.AssertAuditIntactAsync(token);
    }

    // The script is kept before its first change until the trouble is there, and then goes on.
    private async Task WithTheScriptRunningAsync(Func<Task> trouble, CancellationToken cancellationToken)
    {
        World.FaultOn(Faults.ScriptHangs);
        await Wait.UntilAsync(() => Script("running"), "the script runs", cancellationToken);
        await trouble();
        World.FaultOff(Faults.ScriptHangs);
    }

    private bool Script(string state) => World.Effects.All.Any(e => e.Command == "rollback_stage" && e.State == state);
}
