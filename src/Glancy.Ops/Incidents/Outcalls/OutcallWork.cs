using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Delivers what is to be told outside. Replicas share the work by row leases.</summary>
internal sealed partial class OutcallWork(
    OutcallDelivery delivery,
    WakeSignal wake,
    ClockReady ready,
    IOptions<ReplicaOptions> options,
    ILogger<OutcallWork> logger
) : BackgroundService
{
    // A service that hangs must not hold up the others; those who only help look less often.
    private const int AtOnce = 3;
    private const int Seldom = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => TurnsAsync(worker > 0, stoppingToken)));
    }

    private async Task TurnsAsync(bool helps, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = wake.Next;
                if (await delivery.DeliverAsync(stoppingToken))
                {
                    continue;
                }

                if (helps)
                {
                    await Task.Delay(options.Value.WakeInterval * Seldom, stoppingToken);
                }
                else
                {
                    await WakeSignal.WaitAsync(next, options.Value.WakeInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Its lease runs out, and it is taken again.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Something could not be told outside; it is tried again")]
    private partial void LogTrouble(Exception trouble);
}
