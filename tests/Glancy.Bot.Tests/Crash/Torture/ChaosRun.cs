using System.Diagnostics;
using System.Globalization;
using Glancy.Sandbox.Processes;
using Npgsql;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>Plays what a seed has chosen, blow by blow, and compares what is left behind.</summary>
public sealed class ChaosRun(CrashWorld house, ProcedureCase procedure, IReadOnlyList<Strike> strikes)
{
    // Row leases of the harness last one second.
    private static readonly TimeSpan LongerThanTheLease = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly List<int> killed = [];
    private readonly List<string> missed = [];

    /// <summary>What is not as in the undisturbed run, and who died.</summary>
    public async Task<(IReadOnlyList<string> Problems, string Died)> PlayAsync(
        RunFacts expected,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(expected);
        try
        {
            var played = await new CrashRun(house, procedure).PlayAsync(null, StrikeAsync, cancellationToken);
            List<string> problems = [.. missed, .. played.Facts.DifferencesFrom(expected)];
            if (
                played.Deaths.Count != killed.Count
                || played.Deaths.Any(d => d.Exit != Death.BySignal9 || (d.Pid is { } pid && !killed.Contains(pid)))
            )
            {
                problems.Add(
                    $"killed by order: {string.Join(", ", killed)}; deaths: {string.Join(", ", played.Deaths)}"
                );
            }

            return (problems, string.Create(CultureInfo.InvariantCulture, $"{played.Deaths.Count} by signal 9"));
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            return ([.. missed, trouble.Message], "");
        }
    }

    private async Task StrikeAsync(long run, CancellationToken cancellationToken)
    {
        var given = false;
        for (var i = 0; i < strikes.Count; i++)
        {
            var strike = strikes[i];
            if (!given)
            {
                house.Orders.Give(OrderOf(strike));
            }

            given = false;
            if (await TakenAsync(run, cancellationToken) is not { } pid)
            {
                missed.Add($"nobody came by {strike.Transition}");
                return;
            }

            if (strike.Blow == Blow.Kill)
            {
                killed.Add(pid);
                await Wait.UntilAsync(
                    () => house.Living.All(r => r.Process.Pid != pid),
                    $"{pid} is dead",
                    cancellationToken
                );
                continue;
            }

            // Whoever takes the run over while this one stands still may come by the next transition before it goes on.
            if (strike.Blow == Blow.StopWorker && i + 1 < strikes.Count)
            {
                house.Orders.Give(OrderOf(strikes[i + 1]));
                given = true;
            }

            try
            {
                await OutageAsync(strike.Blow, pid, cancellationToken);
            }
            finally
            {
                house.Orders.Release(pid);
            }
        }
    }

    private static string OrderOf(Strike strike) =>
        strike.Blow == Blow.Kill ? strike.Transition : strike.Transition + " hold";

    private async Task OutageAsync(Blow blow, int pid, CancellationToken cancellationToken)
    {
        switch (blow)
        {
            case Blow.PostgresRestart:
                await house.World.Postgres.RestartAsync(Sandbox.Postgres.RestartKind.Immediate, cancellationToken);
                break;
            case Blow.CutSsh:
                await house.World.Bastion.CutConnectionsAsync(cancellationToken);
                break;
            default:
                var worker = await ListedAsync(pid, cancellationToken);
                worker.Freeze();
                try
                {
                    await Task.Delay(LongerThanTheLease, cancellationToken);
                }
                finally
                {
                    worker.Thaw();
                }

                break;
        }
    }

    // One that has just been started works before the world lists it as ready.
    private async Task<ProcessIdentity> ListedAsync(int pid, CancellationToken cancellationToken)
    {
        ProcessIdentity? worker = null;
        await Wait.UntilAsync(
            () => (worker = house.Replicas.FirstOrDefault(r => r.Process.Pid == pid)?.Process) is not null,
            $"replica {pid} is listed",
            cancellationToken
        );
        return worker ?? throw new InvalidOperationException("unreachable");
    }

    // Null when the run has ended without coming by.
    private async Task<int?> TakenAsync(long run, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan? ended = null;
        while (watch.Elapsed < Patience && !(watch.Elapsed > ended + AfterTheEnd))
        {
            if (house.Orders.TakenBy(killed) is { } pid)
            {
                return pid;
            }

            ended ??= await HasEndedAsync(run, cancellationToken) ? watch.Elapsed : null;
            await Task.Delay(Look, cancellationToken);
        }

        return null;
    }

    private async Task<bool> HasEndedAsync(long run, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = house.Bot.CreateCommand(
                "select finished_at is not null from glancy.run where id = $1"
            );
            command.Parameters.Add(new NpgsqlParameter { Value = run });
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
