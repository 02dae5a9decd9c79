using Glancy.Sandbox.Processes;
using Npgsql;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// A worker that stood still longer than its lease, with its question on the way, adds nothing when it goes on.
/// </summary>
[Collection(TwoReplicas.Name)]
public sealed class StaleWorkerTests(CrashWorld house)
{
    private const string Fence = "(( epoch < ${REPLY:-0} )) && refuse stale-epoch";

    [Fact]
    public async Task A_worker_stopped_for_longer_than_its_lease_is_refused_by_the_fence()
    {
        var token = TestContext.Current.CancellationToken;
        await house.TopologyAsync(2, token);
        var undisturbed = await house.UndisturbedAsync(ProcedureCases.Rollback, token);
        var agent = "";
        var refusals = Path.Combine(house.World.Bastion.Folder, "state", "refused-by-fence");
        house.ReplaceOnBastion(
            "glancy-agent",
            text =>
            {
                agent = text;
                Assert.Contains(Fence, text, StringComparison.Ordinal);
                return text.Replace(
                    Fence,
                    Fence.Replace(
                        "refuse",
                        $"printf '%s\\n' \"${{field[key]-}}\" >>'{refusals}' && refuse",
                        StringComparison.Ordinal
                    ),
                    StringComparison.Ordinal
                );
            }
        );
        try
        {
            var played = await new CrashRun(house, ProcedureCases.Rollback).PlayAsync(
                "before-effect:execute hold",
                (run, stop) => StandStillAsync($"R-{run}/execute/1", refusals, stop),
                token
            );

            Assert.Empty(played.Facts.DifferencesFrom(undisturbed.Facts));
            Assert.Empty(played.Deaths);
            await house.AssertAuditIntactAsync(token);
        }
        finally
        {
            house.ReplaceOnBastion("glancy-agent", _ => agent);
        }
    }

    [Fact]
    public async Task A_worker_stopped_in_the_middle_of_a_transaction_does_not_hold_up_the_others()
    {
        var token = TestContext.Current.CancellationToken;
        await house.TopologyAsync(2, token);
        var undisturbed = await house.UndisturbedAsync(ProcedureCases.Rollback, token);

        var played = await new CrashRun(house, ProcedureCases.Rollback).PlayAsync(
            "before-start:execute hold",
            (_, stop) => StandStillWithLocksAsync(stop),
            token
        );

        Assert.Empty(played.Facts.DifferencesFrom(undisturbed.Facts));
        Assert.Empty(played.Deaths);
        await house.AssertAuditIntactAsync(token);
    }

    private async Task StandStillAsync(string key, string refusals, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(() => house.Orders.TakenBy() is not null, "the run is at its effect", cancellationToken);
        var pid = house.Orders.TakenBy() ?? 0;
        var worker = house.Replicas.Single(r => r.Process.Pid == pid).Process;
        IReadOnlyList<ProcessIdentity> sessions = SshSessions.Of(house.World.Bastion);
        try
        {
            // The bastion stands still first, so that the question leaves the worker and arrives only when the bastion
            // goes on. A watcher's question that was on its way just then is let through: it is not the one that is
            // waited for.
            await Wait.UntilAsync(
                () =>
                {
                    foreach (var session in sessions)
                    {
                        session.Freeze();
                    }

                    if (!house.World.Bastion.HasUnreadWords())
                    {
                        return true;
                    }

                    foreach (var session in sessions)
                    {
                        session.Thaw();
                    }

                    return false;
                },
                "the bastion stands still with nothing to read",
                cancellationToken
            );

            house.Orders.Release(pid);
            await Wait.UntilAsync(
                house.World.Bastion.HasUnreadWords,
                "the worker asks for the effect",
                cancellationToken
            );
            worker.Freeze();
            foreach (var session in sessions)
            {
                session.Thaw();
            }

            await Wait.UntilAsync(
                () => house.World.Effects.All.Any(e => e.Command == "rollback_stage" && e.State == "done"),
                "another worker has taken over",
                cancellationToken
            );
        }
        finally
        {
            foreach (var stopped in sessions.Append(worker))
            {
                stopped.Thaw();
            }
        }

        await Wait.UntilAsync(
            () => File.Exists(refusals) && File.ReadLines(refusals).Any(line => line.Split('.')[0] == key),
            "the fence refuses the stale worker",
            cancellationToken
        );
    }

    // While we have the audit chain's lock, the worker's transaction waits with the run's row in its hands; there it is
    // stopped.
    private async Task StandStillWithLocksAsync(CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(
            () => house.Orders.TakenBy() is not null,
            "the step is about to be started",
            cancellationToken
        );
        var pid = house.Orders.TakenBy() ?? 0;
        var worker = house.Replicas.Single(r => r.Process.Pid == pid).Process;
        await using var connection = await house.Bot.OpenConnectionAsync(cancellationToken);
        try
        {
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                await using var hold = new NpgsqlCommand(
                    "select pg_advisory_xact_lock(113672023835513)",
                    connection,
                    transaction
                );
                await hold.ExecuteNonQueryAsync(cancellationToken);
                house.Orders.Release(pid);
                await Wait.UntilAsync(
                    () => CountAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted"),
                    "the worker is in its transaction",
                    cancellationToken
                );
                worker.Freeze();
            }

            await Wait.UntilAsync(
                () => house.World.Effects.All.Any(e => e.Command == "rollback_stage" && e.State == "done"),
                "another worker has taken over",
                cancellationToken
            );
        }
        finally
        {
            worker.Thaw();
        }

        async Task<bool> CountAsync(string sql)
        {
            await using var count = house.Bot.CreateCommand(sql);
            return await count.ExecuteScalarAsync(cancellationToken) is > 0L;
        }
    }
}
