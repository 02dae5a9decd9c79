using Glancy.Ops;
using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Takes journalled deliveries, a few at once, and has each worked on; what fails is tried again, but not for ever.
/// </summary>
internal sealed partial class SlackTurns(
    SlackJournal journal,
    SlackWork work,
    SlackGivingUp givingUp,
    SlackArrivals arrivals,
    WorkSignal signal,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackTurns> logger
) : BackgroundService
{
    private const int AtOnce = 6;

    // Reads that stand still never take the last hands: these are for what changes something.
    private const int ForChanges = 2;

    // And one goes on reading however much arrives.
    private const int Always = ForChanges + 1;
    private const string Vanished = "interrupted";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(turn =>
                    TurnsAsync(
                        turn < ForChanges ? SlackUrgency.Change : SlackUrgency.Read,
                        turn < Always ? _ => Task.CompletedTask : arrivals.CalmAsync,
                        stoppingToken
                    )
                )
        );

    private async Task TurnsAsync(
        SlackUrgency upTo,
        Func<CancellationToken, Task> calm,
        CancellationToken stoppingToken
    )
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await calm(stoppingToken);
                var lease = door.Value.WorkWithin + Grace;
                if (await journal.TakeAsync(options.Value.ReplicaId, lease, upTo, stoppingToken) is { } task)
                {
                    // Where there is one there may be another, perhaps of somebody who had enough being worked on.
                    signal.Ring(upTo);
                    await TryAsync(task, stoppingToken);
                }
                else
                {
                    await signal.WaitAsync(upTo, options.Value.WakeInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever is wrong with one delivery, the next ones are worked on.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken);
            }
        }
    }

    private async Task TryAsync(SlackTask task, CancellationToken stoppingToken)
    {
        // Answers that are written down wait for Slack as long as it is away; who vanishes while sending them is not
        // undone by them.
        if (task.Answers is null && SlackJournal.Queue.IsSpent(task.Attempt))
        {
            await givingUp.GiveUpAsync(task, Vanished, stoppingToken);
            return;
        }

        try
        {
            await work.WorkAsync(task, stoppingToken);
        }
        // No time left is a failure of the delivery's own as well: it hangs.
        catch (Exception fault)
            when ((fault.IsOfWork() || fault is OperationCanceledException) && !stoppingToken.IsCancellationRequested)
        {
            LogTrouble(fault);
            var slow = task.Answers is not null && fault is OperationCanceledException;
            if (slow || !SlackJournal.Queue.IsLast(task.Attempt))
            {
                await journal.AgainAsync(task, Code(fault), stoppingToken);
                return;
            }

            await givingUp.GiveUpAsync(task, Code(fault), stoppingToken);
        }
    }

    private static string Code(Exception fault) => fault is OperationCanceledException ? "timeout" : "failed";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery could not be worked on; it is looked at again")]
    private partial void LogTrouble(Exception trouble);
}
