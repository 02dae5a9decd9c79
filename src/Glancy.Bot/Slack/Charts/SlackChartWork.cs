using Glancy.Ops;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Charts;

/// <summary>
/// Draws the pictures of cards, one at a time and beside the outbox: a card never waits for its picture. Replicas share
/// the work by row leases.
/// </summary>
internal sealed partial class SlackChartWork(
    SlackCharts charts,
    SlackChartist chartist,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackChartWork> logger
) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (
                    await charts.TakeAsync(options.Value.ReplicaId, door.Value.ChartWithin * 1.25, stoppingToken) is
                    { } task
                )
                {
                    await DrawAsync(task, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // A card without a picture harms nobody.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
            }

            await Task.Delay(Pace, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Stops itself before its lease ends.
    private async Task DrawAsync(ChartTask task, CancellationToken stoppingToken)
    {
        if (SlackCharts.Queue.IsSpent(task.Attempts))
        {
            await chartist.NotAsync(task, "interrupted", stoppingToken);
            return;
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        within.CancelAfter(door.Value.ChartWithin);
        try
        {
            await chartist.DrawAsync(task, within.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            await chartist.NotAsync(task, "no time left", stoppingToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            LogTrouble(trouble);
            await chartist.NotAsync(task, trouble.Message, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A picture could not be drawn")]
    private partial void LogTrouble(Exception trouble);
}
