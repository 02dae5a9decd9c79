using System.Collections.Concurrent;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Takes due runs and works on them, a few at once. Renews each lease while it works and stops itself before the lease
/// ends (rule 2).
/// </summary>
internal sealed partial class RunWorker(
    RunClaims claims,
    RunEngine engine,
    RunGivingUp givingUp,
    WakeSignal wake,
    ClockReady ready,
    IOptions<ReplicaOptions> options,
    ILogger<RunWorker> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private readonly ConcurrentDictionary<RunClaim, Task> working = new();

    /// <summary>Runs that this replica works on right now.</summary>
    public int Working => working.Count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = wake.Next;
                await TakeAllAsync(stoppingToken);
                await WakeSignal.WaitAsync(next, options.Value.WakeInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                // The database is away or slow: nothing can be claimed, so nothing is done; look again.
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken);
            }
        }

        await Task.WhenAll(working.Values);
    }

    private async Task TakeAllAsync(CancellationToken cancellationToken)
    {
        while (
            working.Count < AtOnce
            && await claims.TakeAsync(options.Value.ReplicaId, options.Value.RowLease, cancellationToken) is { } claim
        )
        {
            working[claim] = Task.Run(() => WorkAsync(claim, cancellationToken), cancellationToken);
        }
    }

    private async Task WorkAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lease.CancelAfter(options.Value.RowLease * 2 / 3);
        var renewal = RenewAsync(claim, lease);
        Exception? failed = null;
        try
        {
            if (!await givingUp.VanishedAsync(claim, lease.Token))
            {
                await engine.WorkAsync(claim, lease.Token);
            }
        }
        catch (ClaimLostException lost)
        {
            LogLost(lost, claim.RunId, claim.Epoch);
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the lease could not be renewed: somebody goes on from the last row.
        }
        catch (Exception trouble)
        {
            LogRunTrouble(trouble, claim.RunId);
            failed = trouble.IsOfWork() ? trouble : null;
            await PauseBeforeAnotherTryAsync(lease.Token);
        }
        finally
        {
            await lease.CancelAsync();
            await renewal;
            await LetGoAsync(claim, failed);
            working.TryRemove(claim, out _);
            wake.WakeHere();
        }
    }

    // The worker stops itself when two thirds of the lease have gone without a renewal, by its own monotonic clock.
    private async Task RenewAsync(RunClaim claim, CancellationTokenSource lease)
    {
        var length = options.Value.RowLease;
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!lease.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(length / 4, lease.Token);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(lease.Token);
                limit.CancelAfter(length / 3);
                var asked = System.Diagnostics.Stopwatch.GetTimestamp();
                var thrives = System.Diagnostics.Stopwatch.GetElapsedTime(begun) > length;
                if (!await claims.RenewAsync(claim, length, limit.Token, thrives))
                {
                    await lease.CancelAsync();
                    return;
                }

                lease.CancelAfter(
                    TimeSpan.FromTicks(
                        Math.Max(0, ((length * 2 / 3) - System.Diagnostics.Stopwatch.GetElapsedTime(asked)).Ticks)
                    )
                );
            }
            catch (OperationCanceledException) when (lease.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                LogTrouble(trouble);
            }
        }
    }

    private async Task PauseBeforeAnotherTryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(options.Value.WakeInterval, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Then it is over anyway.
        }
    }

    private async Task LetGoAsync(RunClaim claim, Exception? failed)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await (
                failed is null
                    ? claims.ReleaseAsync(claim, limit.Token)
                    : givingUp.FailedAsync(claim, failed.GetType().Name, limit.Token)
            );
        }
        catch (Exception trouble)
        {
            // The lease runs out by itself.
            LogTrouble(trouble);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is no longer ours at epoch {Epoch}")]
    private partial void LogLost(Exception exception, long runId, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "Working on run {RunId} failed; its lease is let go")]
    private partial void LogRunTrouble(Exception exception, long runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot's database did not answer")]
    private partial void LogTrouble(Exception exception);
}
