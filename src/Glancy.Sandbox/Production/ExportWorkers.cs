namespace Glancy.Sandbox.Production;

/// <summary>
/// The workers of <c>export-worker</c>: each takes a job, works on it for some seconds, and gives up on the third try.
/// </summary>
internal sealed class ExportWorkers(Instruments instruments)
{
    private const double JobsPerWorkerSecond = 0.16;
    private const int Tries = 3;
    private static readonly TimeSpan JobTakes = TimeSpan.FromSeconds(6.25);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    private readonly Instrument done = instruments.One("export_jobs_total", ("result", "done"));
    private readonly Instrument failed = instruments.One("export_jobs_total", ("result", "failed"));
    private readonly Instrument dead = instruments.One("export_dead_letters");
    private readonly Instrument busy = instruments.One("export_jobs_running");
    private readonly List<ExportJob> running = [];
    private readonly Dictionary<string, ExportJob> left = [];
    private double hands;
    private double failing;

    /// <summary>What the living workers can do; the hanging ones of <c>export-stuck</c> do nothing.</summary>
    public static double JobsPerSecond(Step step) =>
        JobsPerWorkerSecond
        * step.Workloads[Workloads.ExportWorker]
        * (1 - Math.Min(1, 0.9 * step.Faults[Faults.ExportStuck]));

    /// <summary>Ends what is done and takes from the head of the queue what the workers have hands for.</summary>
    public void Work(Step step, LinkedList<ExportJob> pending, StepRows rows)
    {
        if (step.Faults[Faults.ExportStuck] == 0)
        {
            foreach (var job in running.Where(j => EndOf(j) <= step.At).ToList())
            {
                running.Remove(job);
                End(step, job, rows);
            }
        }

        hands += JobsPerSecond(step) * step.Seconds;
        var begun = step.At.AddSeconds(-step.Seconds);
        while (hands >= 1 && pending.First is { Value: var job } && job.ExecuteAfter <= step.At)
        {
            hands--;
            pending.RemoveFirst();
            Begin(
                step,
                job with
                {
                    Status = "running",
                    Attempts = job.Attempts + 1,
                    StartedAt = job.ExecuteAfter > begun ? job.ExecuteAfter : begun,
                },
                rows
            );
        }

        // Hands that found nothing to do are not saved for later.
        hands = Math.Min(hands, 1);
        dead.Set(left.Values.Count(j => j.Status == "failed"));
        busy.Set(running.Count);
    }

    /// <summary>Gives hands for this many jobs more.</summary>
    public void Hire(int more) => hands += more;

    /// <summary>
    /// The workers start anew: what hung in the middle stays "running" in the table, and nobody works on it.
    /// </summary>
    public void Restart()
    {
        running.ForEach(Remember);
        running.Clear();
    }

    /// <summary>A job that nobody works on, though it is not done.</summary>
    public void Remember(ExportJob job) => left[job.JobId] = job;

    /// <summary>Takes such a job back; null when there is none of this id.</summary>
    public ExportJob? Forget(string id) => left.Remove(id, out var job) ? job : null;

    private static DateTimeOffset? EndOf(ExportJob job) => job.StartedAt + JobTakes;

    private void Begin(Step step, ExportJob job, StepRows rows)
    {
        rows.ExportQueue.Take(job.JobId);
        if (step.Faults[Faults.ExportStuck] == 0 && EndOf(job) <= step.At)
        {
            End(step, job, rows);
            return;
        }

        running.Add(job);
        rows.ExportJobs.Add(job);
    }

    private void End(Step step, ExportJob job, StepRows rows)
    {
        var wrong = step.Faults[Faults.ExportFailures];
        // Every thousandth and not by dice: three of them in five minutes would be half a per cent, and no healthy
        // world.
        failing += Math.Min(1, 0.001 + (0.06 * wrong));
        var fails = failing >= 1;
        failing -= fails ? 1 : 0;
        var ended = fails
            ? job with
            {
                Status = "failed",
                Attempts = Tries,
                FinishedAt = EndOf(job),
                ErrorMessage = wrong > 0 ? "EXPORT_PARAM_INVALID" : "OSS_UPLOAD_TIMEOUT",
            }
            : job with
            {
                Status = "done",
                FinishedAt = EndOf(job),
            };
        (fails ? failed : done).Add(1);
        rows.ExportJobs.Add(ended);
        if (fails)
        {
            Remember(ended);
            rows.DeadExports.Add(job.JobId);
            Bury(step, rows);
        }
    }

    private void Bury(Step step, StepRows rows)
    {
        foreach (var old in left.Values.Where(j => j.FinishedAt < step.At - Kept).ToList())
        {
            left.Remove(old.JobId);
            rows.DeadExports.Take(old.JobId);
        }
    }
}
