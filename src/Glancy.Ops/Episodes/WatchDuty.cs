using Glancy.Ops.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Episodes;

/// <summary>Keeps one replica watching: a row lease by the database's clock, looks spaced by the world clock.</summary>
public sealed partial class WatchDuty(
    DutyLeases duties, Watcher watcher, LeaseReminders reminders, WakeSignal wake, ClockReady ready, IOptions<GlancyOptions> options, TimeProvider clock, ILogger<WatchDuty> logger) : BackgroundService
{
    private const string Duty = "watch";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = wake.Next;
                await TakeTurnAsync(stoppingToken);
                await WakeSignal.WaitAsync(next, options.Value.WakeInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken);
            }
        }
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var now = clock.GetUtcNow();
        if (await duties.HoldAsync(Duty, settings.ReplicaId, settings.RowLease, cancellationToken) is not { } held || held.LookedAt > now - settings.WatchInterval)
        {
            return;
        }

        await watcher.LookAsync(cancellationToken);
        await reminders.RemindAsync(cancellationToken);
        await duties.LookedAsync(Duty, settings.ReplicaId, now, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watching failed; the next turn looks again")]
    private partial void LogTrouble(Exception exception);
}
