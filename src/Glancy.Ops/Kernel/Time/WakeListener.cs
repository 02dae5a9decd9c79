using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Kernel.Time;

/// <summary>Passes the database's wake notifications on to this replica and keeps its world clock at the row.</summary>
internal sealed partial class WakeListener(
    BotDatabase database,
    ClockStore clocks,
    WorldClock clock,
    WakeSignal wake,
    IOptions<ReplicaOptions> options,
    ILogger<WakeListener> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
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

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using (var listen = new Npgsql.NpgsqlCommand("listen " + WakeSignal.Channel, connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await FollowClockAsync(cancellationToken);
            wake.WakeHere();
            await connection.WaitAsync(options.Value.WakeInterval, cancellationToken);
        }
    }

    // Where the machine's clock is the clock there is no row to follow, and none would be believed.
    private async Task FollowClockAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WorldClock && await clocks.ReadAsync(cancellationToken) is { } row)
        {
            clock.Follow(row);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for wake signals was interrupted")]
    private partial void LogTrouble(Exception exception);
}
