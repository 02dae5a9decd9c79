using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>
/// Payments that become entitlements (§5.2, HK-05): each arrives as an event of <c>subscription.updated</c> and is
/// synced. What a lost callback leaves behind waits in the queue until the callbacks are well or the poller fetches it.
/// </summary>
public sealed class Subscriptions
{
    private const double SyncsPerSecond = 1.4;
    private const int Accounts = 900;
    private const double FetchedPerSecond = 1;
    private static readonly double[] Bounds = [0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 20];
    private static readonly string[] Events = ["activated", "renewed", "renewed", "renewed", "downgraded"];
    private static readonly string[] Plans = ["plus", "plus", "pro"];

    private readonly Instrument synced;
    private readonly Instrument unsynced;
    private readonly Histogram delay;
    private readonly Instrument queue;
    private readonly LinkedList<SubscriptionRow> waiting = new();
    private double due;
    private long events;

    public Subscriptions(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        synced = instruments.One("subscription_sync_total", ("result", "ok"));
        unsynced = instruments.One("subscription_sync_total", ("result", "error"));
        delay = instruments.Histogram("subscription_sync_delay_seconds", Bounds);
        queue = instruments.One("subscription_queue_depth");
    }

    /// <summary>Events that nobody has synced yet.</summary>
    public int Waiting => waiting.Count;

    public void Move(Step step, StepRows rows)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(rows);
        // The poller asks for what did not come, a little later than a callback would have brought it.
        var polled = step.Workloads[Workloads.Poller] > 0;
        var lag = step.Faults[Faults.SubscriptionLag];
        var syncs = SyncsPerSecond * step.Seconds * step.DayShape * step.Noise.About1(0.1);
        var failing = Math.Min(1, (0.001 * step.Noise.Between(0.5, 1.5)) + (polled ? 0 : 0.03 * lag));
        var spread = new LogNormal(
            1.2 * (polled ? 1 + Math.Min(0.6, 5 * lag) : 1 + (5 * lag)) * step.Noise.About1(0.03),
            0.4
        );
        synced.Add(syncs * (1 - failing));
        unsynced.Add(syncs * failing);
        delay.Observe(syncs, spread);
        if (step.IsFine)
        {
            Fetch(step, rows, polled || lag == 0);
            Arrive(step, rows, syncs, failing, spread);
        }

        queue.Set(waiting.Count);
    }

    private void Arrive(Step step, StepRows rows, double syncs, double failing, LogNormal spread)
    {
        due += syncs;
        for (; due >= 1; due--)
        {
            var paid = step.At.AddSeconds(-step.Noise.Uniform() * step.Seconds);
            var row = new SubscriptionRow(
                string.Create(CultureInfo.InvariantCulture, $"sub-{(int)(step.Noise.Uniform() * Accounts):0000}"),
                string.Create(CultureInfo.InvariantCulture, $"evt-{++events}"),
                Plans[(int)(step.Noise.Uniform() * Plans.Length)],
                Events[(int)(step.Noise.Uniform() * Events.Length)],
                paid,
                paid.AddSeconds(spread.Draw(step.Noise)),
                "callback",
                null
            );
            if (step.Noise.Uniform() < failing)
            {
                row = row with { SyncedAt = null, SyncedBy = null, Error = "CALLBACK_LOST" };
                waiting.AddLast(row);
                rows.SubscriptionQueue.Add(row.Event);
            }

            rows.Subscriptions.Add(row);
        }
    }

    private void Fetch(Step step, StepRows rows, bool works)
    {
        for (var left = works ? FetchedPerSecond * step.Seconds : 0; left >= 1 && waiting.First is { } first; left--)
        {
            waiting.RemoveFirst();
            rows.SubscriptionQueue.Take(first.Value.Event);
            rows.Subscriptions.Add(
                first.Value with
                {
                    SyncedAt = step.At,
                    SyncedBy = step.Workloads[Workloads.Poller] > 0 ? "poller" : "callback",
                    Error = null,
                }
            );
        }
    }
}
