using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Glancy.Ops.Kernel.Database;
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
/// Slack waits three seconds for an acknowledgement and half an hour for an answer. So a thread of its own writes,
/// which never waits behind work; and while very much arrives, reads are answered by one hand alone, and what is left
/// of the machine acknowledges.
/// </remarks>
internal sealed class SlackArrivals : IDisposable
{
    private const int Most = 100;

    // Arrivals a second, over the last half of one or so.
    private const double Much = 100;
    private const double Memory = 0.5;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    // Slack has given up by then.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly SlackJournal journal;
    private readonly IKillPoints kill;
    private readonly BlockingCollection<Waiting> waiting = [];
    private readonly Thread writer;

    private readonly Lock gate = new();
    private double rate;
    private long counted = Stopwatch.GetTimestamp();

    public SlackArrivals(SlackJournal journal, IKillPoints kill)
    {
        (this.journal, this.kill) = (journal, kill);
        writer = new Thread(Write) { IsBackground = true, Name = "Slack arrivals" };
        writer.Start();
    }

    /// <summary>Writes it down, with those that arrive with it.</summary>
    /// <exception cref="DbException">It may be there or not: where the connection was there, only asking again tells.
    /// </exception>
    /// <exception cref="InvalidOperationException">The replica ends.</exception>
    public Task<SlackJournalled> AddAsync(SlackArrival arrival)
    {
        Count(1 / Memory);
        var one = new Waiting(arrival);
        waiting.Add(one);
        return one.Done.Task;
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

    /// <summary>Takes no more, and ends when what has been taken is written.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        if (writer.Join(Farewell))
        {
            waiting.Dispose();
        }
    }

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

    private void Write()
    {
        using var connection = journal.Hold();
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            List<Waiting> together = [first];
            while (together.Count < Most && waiting.TryTake(out var next))
            {
                together.Add(next);
            }

            Write(connection, together);
        }
    }

    private void Write(HeldConnection connection, IReadOnlyList<Waiting> together)
    {
        try
        {
            kill.Reach("slack-collected");
            var written = SlackJournal.Add(connection, [.. together.Select(w => w.Arrival)]);
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
                Write(connection, [one]);
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
