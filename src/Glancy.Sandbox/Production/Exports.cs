using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>
/// Exports (§5.3.1): jobs wait in a queue until a worker takes them. Whoever changes the queue or the table by hand is
/// heard: a job pushed or set back to pending runs again, one that is gone from the queue is never taken.
/// </summary>
public sealed class Exports
{
    private const double AskedPerSecond = 2;
    private const double LowShare = 0.35;
    private const double Usual = 300;
    private const int Users = 160;

    // What a user asks for within this time becomes one file.
    private static readonly TimeSpan Collects = TimeSpan.FromSeconds(12);
    private static readonly double[] Bounds = [0.5, 1, 2, 3, 4, 5, 7.5, 10, 20, 60];

    private readonly Histogram receipt;
    private readonly Instrument depth;
    private readonly Instrument oldest;
    private readonly Instrument recovery;
    private readonly ExportWorkers workers;
    private readonly LinkedList<ExportJob> pending = new();
    private readonly List<(string Id, bool Push)> again = [];
    private double asked;
    private long jobs;

    public Exports(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        receipt = instruments.Histogram("export_receipt_seconds", Bounds);
        depth = instruments.One("export_queue_depth");
        oldest = instruments.One("export_oldest_age_seconds");
        recovery = instruments.One("export_recovery_seconds");
        workers = new ExportWorkers(instruments);
    }

    /// <summary>Jobs in the queue.</summary>
    public int Depth => pending.Count;

    public void Move(Step step, StepRows rows)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(rows);
        var rate = Asked(step);
        if (step.IsFine)
        {
            Repeat(rows);
            Ask(step, rate * step.Seconds * step.Noise.About1(0.1), rows);
            workers.Work(step, pending, rows);
        }

        // A receipt waits as soon as the queue is longer than usual.
        var crowd = Math.Min(3, Math.Max(0, pending.Count - Usual) / 600);
        receipt.Observe(rate * step.Seconds, new LogNormal(1.6 * (1 + crowd) * step.Noise.About1(0.03), 0.4));
        depth.Set(pending.Count);
        oldest.Set(
            pending.First is { Value: var first } ? Math.Round((step.At - first.RequestedAt).TotalSeconds, 1) : 0
        );
        recovery.Set(
            ExportWorkers.JobsPerSecond(step) is > 0 and var capacity ? Math.Round(pending.Count / capacity, 1) : 0
        );
    }

    /// <summary>Jobs that somebody set back to pending, or pushed by hand.</summary>
    /// <param name="push">Whether they have to be put into the queue; false when they are in it already.</param>
    public void Requeue(IEnumerable<string> ids, bool push, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids.Where(id => pending.All(j => j.JobId != id)))
        {
            var known =
                workers.Forget(id)
                ?? new ExportJob
                {
                    JobId = id,
                    UserId = "u-00000",
                    Priority = "normal",
                    Status = "pending",
                    ErrorMessage = null,
                    Attempts = 0,
                    RequestedAt = at,
                    ExecuteAfter = at,
                    StartedAt = null,
                    FinishedAt = null,
                };
            pending.AddLast(
                known with
                {
                    Status = "pending",
                    ErrorMessage = null,
                    ExecuteAfter = at,
                    StartedAt = null,
                    FinishedAt = null,
                }
            );
            again.Add((id, push));
        }
    }

    /// <summary>Jobs that are gone from the queue; their rows stay as they are.</summary>
    public void Lose(IReadOnlySet<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var job in pending.Where(j => ids.Contains(j.JobId)).ToList())
        {
            pending.Remove(job);
            workers.Remember(job);
        }
    }

    /// <inheritdoc cref="ExportWorkers.Restart"/>
    public void Restart() => workers.Restart();

    /// <summary>At the next step all that wait are done, as after a long quiet time.</summary>
    public void Drain() => workers.Hire(pending.Count);

    private static double Asked(Step step) =>
        !step.Flags.IsOn(Flags.Exports)
            ? 0
            : AskedPerSecond
                * (1 + (2 * step.Faults[Faults.ExportBacklog]))
                * (step.Flags.IsOn(Flags.LowPriorityExports) ? 1 : 1 - LowShare);

    private void Repeat(StepRows rows)
    {
        foreach (var (id, push) in again)
        {
            rows.DeadExports.Take(id);
            if (push)
            {
                rows.ExportQueue.Add(id);
            }
        }

        again.Clear();
    }

    private void Ask(Step step, double count, StepRows rows)
    {
        asked += count;
        var whole = (int)asked;
        asked -= whole;
        for (var i = 0; i < whole; i++)
        {
            var at = step.At.AddSeconds(-step.Seconds * (1 - ((i + 0.5) / whole)));
            var low = step.Flags.IsOn(Flags.LowPriorityExports) && step.Noise.Uniform() < LowShare;
            var job = new ExportJob
            {
                JobId = string.Create(CultureInfo.InvariantCulture, $"exp-{++jobs:000000}"),
                UserId = string.Create(CultureInfo.InvariantCulture, $"u-{(int)(step.Noise.Uniform() * Users):00000}"),
                Priority = low ? "low" : "normal",
                Status = "pending",
                ErrorMessage = null,
                Attempts = 0,
                RequestedAt = at,
                ExecuteAfter = at + Collects,
                StartedAt = null,
                FinishedAt = null,
            };
            pending.AddLast(job);
            rows.ExportJobs.Add(job);
            rows.ExportQueue.Add(job.JobId);
        }
    }
}
