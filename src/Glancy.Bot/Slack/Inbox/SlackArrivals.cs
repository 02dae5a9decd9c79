using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Inbound;
using Npgsql;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>A delivery that is to be written down.</summary>
/// <param name="Person">Whose it is; empty where nobody waits for it.</param>
/// <param name="Held">How long no worker takes it; a replica that dies meanwhile leaves it to the others. Real time.
/// </param>
internal sealed record SlackArrival(SlackDelivery Delivery, string Person, SlackUrgency Urgency, TimeSpan Held);

/// <summary>
/// Has what arrives while one commit is under way written down together by the next: as many rows, one commit. Nobody
/// is answered before the row is committed.
/// </summary>
/// <remarks>
/// Slack waits three seconds for an acknowledgement and half an hour for an answer. So while very much arrives, reads
/// are answered by one hand alone, and what is left of the machine acknowledges.
/// </remarks>
internal sealed class SlackArrivals(SlackJournal journal, IKillPoints kill)
{
    private const int Most = 100;

    // Arrivals a second, over the last half of one or so.
    private const double Much = 100;
    private const double Memory = 0.5;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private double rate;
    private long counted = Stopwatch.GetTimestamp();

    private readonly ConcurrentQueue<Waiting> waiting = new();
    private int writing;

    /// <summary>Writes it down, with those that arrive with it.</summary>
    /// <exception cref="DbException">It may be there or not: where the connection was there, only asking again tells.
    /// </exception>
    public Task<SlackJournalled> AddAsync(SlackArrival arrival, CancellationToken cancellationToken)
    {
        Count(1 / Memory);
        var one = new Waiting(arrival);
        waiting.Enqueue(one);
        _ = WriteAsync();
        return one.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Returns once no more arrives than can be worked on beside it.</summary>
    public async Task CalmAsync(CancellationToken cancellationToken)
    {
        while (Count(0) > Much)
        {
            await Task.Delay(Breath, cancellationToken);
        }
    }

    /// <summary>Ends one that was held: answered by now, or for any worker at once.</summary>
    public Task ReleaseAsync(SlackDelivery delivery, bool answered) =>
        journal.ReleaseAsync(delivery, answered, CancellationToken.None);

    // What was counted before fades.
    private double Count(double more)
    {
        lock (gate)
        {
            rate = (rate * Math.Exp(-Stopwatch.GetElapsedTime(counted).TotalSeconds / Memory)) + more;
            counted = Stopwatch.GetTimestamp();
            return rate;
        }
    }

    // One writer at a time; who comes meanwhile is taken along by its next turn.
    private async Task WriteAsync()
    {
        while (!waiting.IsEmpty && Interlocked.Exchange(ref writing, 1) == 0)
        {
            try
            {
                var together = new List<Waiting>();
                while (together.Count < Most && waiting.TryDequeue(out var next))
                {
                    together.Add(next);
                }

                await WriteAsync(together);
            }
            finally
            {
                Interlocked.Exchange(ref writing, 0);
            }
        }
    }

    private async Task WriteAsync(List<Waiting> together)
    {
        if (together.Count == 0)
        {
            return;
        }

        try
        {
            kill.Reach("slack-collected");
            var written = await journal.AddAsync([.. together.Select(w => w.Arrival)], CancellationToken.None);
            foreach (var (one, came) in together.Zip(written))
            {
                one.Done.TrySetResult(came);
            }
        }
        // The server would not have one of them, so it has none: each by itself.
        catch (PostgresException) when (together.Count > 1)
        {
            foreach (var one in together)
            {
                await WriteAsync([one]);
            }
        }
        // Whatever it is, each of those that wait hears of it.
        catch (Exception away)
        {
            foreach (var one in together)
            {
                one.Done.TrySetException(away);
            }
        }
    }

    private sealed record Waiting(SlackArrival Arrival)
    {
        public TaskCompletionSource<SlackJournalled> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
