using Glancy.Ops.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Episodes;

/// <summary>Keeps one replica watching: a row lease by the database's clock, looks spaced by the world clock.</summary>
public sealed partial class WatchDuty(
    BotDatabase database, Watcher watcher, LeaseReminders reminders, WakeSignal wake, ClockReady ready, IOptions<GlancyOptions> options, TimeProvider clock, ILogger<WatchDuty> logger) : BackgroundService
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
        var held = await database.QueryAsync<DutyRow>(
            """
            insert into glancy.duty as d (name, owner, lease_until) values (@Duty, @owner, clock_timestamp() + @lease)
            on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
             where d.owner = excluded.owner or d.lease_until < clock_timestamp()
            returning looked_at
            """,
            new { Duty, owner = settings.ReplicaId, lease = settings.RowLease },
            cancellationToken);
        if (held.Count == 0 || held[0].Looked_At > now - settings.WatchInterval)
        {
            return;
        }

        await watcher.LookAsync(cancellationToken);
        await reminders.RemindAsync(cancellationToken);
        await database.ExecuteAsync(
            "update glancy.duty set looked_at = @now where name = @Duty and owner = @owner",
            new { Duty, owner = settings.ReplicaId, now = now.ToUniversalTime() },
            cancellationToken);
    }

    private sealed record DutyRow
    {
        public DateTimeOffset? Looked_At { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watching failed; the next turn looks again")]
    private partial void LogTrouble(Exception exception);
}
