using Glancy.Ops;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Brings notices to Slack. Replicas share the work by row leases; one that is killed leaves a lease that runs out.
/// </summary>
internal sealed partial class SlackOutbox(
    SlackPosts posts,
    SlackDispatch dispatch,
    SlackSetbacks setbacks,
    WakeSignal wake,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackOutbox> logger
) : BackgroundService
{
    // One that hangs must not hold up a page.
    private const int AtOnce = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TurnAsync(async () => await posts.BeginAsync(stoppingToken), stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(turn => TurnsAsync(fair: turn == 0, stoppingToken)));
    }

    private async Task TurnsAsync(bool fair, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TurnAsync(
                async () =>
                {
                    var next = wake.Next;
                    if (
                        await posts.TakeAsync(options.Value.ReplicaId, door.Value.PostLease, fair, stoppingToken) is
                        { } post
                    )
                    {
                        await DeliverAsync(post, stoppingToken);
                    }
                    else
                    {
                        await WakeSignal.WaitAsync(next, options.Value.WakeInterval, stoppingToken);
                    }
                },
                stoppingToken
            );
        }
    }

    // Stops itself well before its lease ends, so that never two are at one message.
    private async Task DeliverAsync(SlackPost post, CancellationToken stoppingToken)
    {
        if (SlackPosts.Queue.IsSpent(post.Attempts))
        {
            await setbacks.VanishedAsync(post, stoppingToken);
            return;
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        within.CancelAfter(door.Value.PostLease * 0.8);
        try
        {
            await dispatch.DispatchAsync(post, within.Token);
        }
        catch (Exception fault) when (fault.IsOfWork())
        {
            await setbacks.FailedAsync(post, fault, stoppingToken);
        }
    }

    private async Task TurnAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends.
        }
        // Whatever is wrong with one notice, the next ones are brought.
        catch (Exception trouble)
        {
            LogTrouble(trouble);
            await Task.Delay(options.Value.WakeInterval, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A notice could not be brought to Slack; it is tried again")]
    private partial void LogTrouble(Exception trouble);
}
