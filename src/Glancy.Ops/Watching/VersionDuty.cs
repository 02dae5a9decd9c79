using System.Diagnostics;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Runbook.Versions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Watching;

/// <summary>
/// Keeps a replica looking: at its folder three times a row lease of real time, at what is active whenever it is woken.
/// </summary>
internal sealed partial class VersionDuty(
    VersionLook look,
    VersionStore store,
    WakeSignal wake,
    ClockReady ready,
    IHostApplicationLifetime lifetime,
    IOptions<ReplicaOptions> options,
    ILogger<VersionDuty> logger
) : BackgroundService
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private long? looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var settings = options.Value;
        var every = settings.RowLease / 3;
        looked = look.HasReported ? Stopwatch.GetTimestamp() : null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = wake.Next;
            try
            {
                if (!await TurnAsync(every, stoppingToken))
                {
                    LogUnreadable();
                    lifetime.StopApplication();
                    break;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                LogTrouble(trouble);
            }

            await WakeAsync(next, settings.WakeInterval < every ? settings.WakeInterval : every, stoppingToken);
        }

        await LeaveAsync();
    }

    private async Task<bool> TurnAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        if (looked is { } at && Stopwatch.GetElapsedTime(at) < every)
        {
            return await look.FollowAsync(cancellationToken);
        }

        looked = Stopwatch.GetTimestamp();
        return await look.LookAsync(cancellationToken);
    }

    private static async Task WakeAsync(Task next, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await WakeSignal.WaitAsync(next, longest, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping; the loop ends.
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Farewell);
            await store.ForgetAsync(options.Value.ReplicaId, limit.Token);
        }
        catch (Exception trouble)
        {
            // Its row grows old by itself.
            LogTrouble(trouble);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Looking at the runbook's versions failed; what is in force stays"
    )]
    private partial void LogTrouble(Exception exception);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The active runbook version cannot be read by this build; the replica stops"
    )]
    private partial void LogUnreadable();
}
