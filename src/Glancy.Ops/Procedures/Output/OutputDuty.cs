using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Procedures.Output;

/// <summary>Keeps one replica looking at what steps print, as long as any does.</summary>
internal sealed partial class OutputDuty(
    RunOutputs outputs,
    LeaderClaims leaders,
    IOptions<ReplicaOptions> options,
    ILogger<OutputDuty> logger
) : BackgroundService
{
    private const string Duty = "run-output";

    // Real time: output is for people who watch.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var due = await outputs.DueAsync(stoppingToken);
                if (
                    due.Count > 0
                    && await leaders.HoldAsync(Duty, options.Value.ReplicaId, Interval * 5, stoppingToken) is not null
                )
                {
                    foreach (var step in due)
                    {
                        await outputs.BringAsync(step, stoppingToken);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Nobody's run depends on it; what is missed now is brought when the step has ended.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What a step prints could not be brought; the next turn looks again"
    )]
    private partial void LogTrouble(Exception trouble);
}
