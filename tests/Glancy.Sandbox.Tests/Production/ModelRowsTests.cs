using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

/// <summary>What the model leaves for the product's tables and queues.</summary>
public sealed class ModelRowsTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_queue_is_what_came_less_what_was_taken_and_a_healthy_job_ends_soon()
    {
        var model = new ProductionModel(7, Start);
        var rows = After(model, TimeSpan.FromMinutes(30));
        var queue = rows.SelectMany(r => r.ExportQueue.Added).Except(rows.SelectMany(r => r.ExportQueue.Taken)).Count();
        Assert.Equal(model.Exports.Depth, queue);
        var jobs = rows.SelectMany(r => r.ExportJobs).GroupBy(j => j.JobId).Select(g => g.Last()).ToList();
        Assert.Equal(queue, jobs.Count(j => j.Status == "pending"));
        Assert.All(
            jobs.Where(j => j.Status == "done"),
            j =>
                Assert.InRange(
                    j.FinishedAt - j.RequestedAt ?? TimeSpan.MaxValue,
                    TimeSpan.Zero,
                    TimeSpan.FromSeconds(60)
                )
        );
        Assert.Equal(
            jobs.Where(j => j.Status == "failed").Select(j => j.JobId).Order(),
            rows.SelectMany(r => r.DeadExports.Added).Order()
        );
    }

    [Fact]
    public void A_job_set_back_runs_again_and_one_gone_from_the_queue_never()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.ExportFailures, 1);
        var failed = After(model, TimeSpan.FromMinutes(10))
            .SelectMany(r => r.ExportJobs)
            .First(j => j.Status == "failed");
        model.Faults.Set(Faults.ExportFailures, 0);
        var lost = After(model, ProductionModel.Interval)
            .SelectMany(r => r.ExportJobs)
            .Last(j => j.Status == "pending");

        model.Exports.Requeue([failed.JobId], push: true, model.At);
        model.Exports.Lose(new HashSet<string> { lost.JobId });
        var after = After(model, TimeSpan.FromMinutes(5));

        Assert.Contains(failed.JobId, after[0].ExportQueue.Added);
        Assert.Contains(failed.JobId, after[0].DeadExports.Taken);
        Assert.Equal("done", after.SelectMany(r => r.ExportJobs).Last(j => j.JobId == failed.JobId).Status);
        Assert.DoesNotContain(after.SelectMany(r => r.ExportJobs), j => j.JobId == lost.JobId);
    }

    [Fact]
    public void Workers_that_hang_leave_running_jobs_behind_when_they_are_restarted()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.ExportStuck, 1);
        var stuck = After(model, TimeSpan.FromMinutes(10))
            .SelectMany(r => r.ExportJobs)
            .Where(j => j.Status == "running")
            .Select(j => j.JobId)
            .ToHashSet();
        Assert.NotEmpty(stuck);
        model.Restart(Workloads.ExportWorker);
        Assert.DoesNotContain(
            After(model, TimeSpan.FromMinutes(5)).SelectMany(r => r.ExportJobs),
            j => stuck.Contains(j.JobId)
        );
        model.Exports.Requeue(stuck, push: true, model.At);
        Assert.Superset(
            stuck,
            After(model, TimeSpan.FromMinutes(5))
                .SelectMany(r => r.ExportJobs)
                .Where(j => j.Status == "done")
                .Select(j => j.JobId)
                .ToHashSet()
        );
    }

    [Fact]
    public void Ledger_and_sums_agree_until_entries_go_missing()
    {
        var model = new ProductionModel(7, Start);
        Assert.Equal(0, Missing(After(model, TimeSpan.FromMinutes(10))));
        model.Faults.Set(Faults.QuotaMismatch, 1);
        Assert.True(Missing(After(model, TimeSpan.FromMinutes(10))) > 50);

        static int Missing(List<StepRows> rows) =>
            rows.Sum(r => r.QuotaDaily.Sum(u => u.Delta) - r.QuotaLedger.Sum(u => u.Delta));
    }

    [Fact]
    public void A_limit_of_the_budget_is_an_event_once_until_it_is_passed_anew()
    {
        var model = new ProductionModel(7, Start);
        Assert.Empty(After(model, TimeSpan.FromMinutes(30)).SelectMany(r => r.BudgetEvents));
        model.Faults.Set(Faults.CostSurge, 1);
        Assert.Equal(
            [0.8, 0.95, 1.2],
            After(model, TimeSpan.FromMinutes(30)).SelectMany(r => r.BudgetEvents).Select(e => e.Level)
        );
    }

    [Fact]
    public void The_error_budgets_book_has_a_row_for_each_window()
    {
        var model = new ProductionModel(7, Start) { Train = ReleaseTrain.Idle(Start).Promoted("REL-B5", 100, Start) };
        model.Faults.Set(Faults.BadRelease, 1);
        var rows = After(model, TimeSpan.FromMinutes(20))
            .SelectMany(r => r.ErrorBudget)
            .Where(r => r.Metric == "lookup")
            .ToList();
        Assert.Equal([0.0, 5, 10, 15], rows.Select(r => (r.WindowStart - Start).TotalMinutes));
        Assert.All(rows, r => Assert.InRange(r.ErrorMinutes, 5 * 0.075, 5 * 0.085));
    }

    [Fact]
    public void Lost_callbacks_wait_in_the_queue_until_the_poller_fetches_them()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.SubscriptionLag, 1);
        var lost = After(model, TimeSpan.FromMinutes(10)).SelectMany(r => r.SubscriptionQueue.Added).ToHashSet();
        Assert.Equal(model.Subscriptions.Waiting, lost.Count);
        model.Scale(Workloads.Poller, 2, model.At, "");
        var fetched = After(model, TimeSpan.FromMinutes(5));
        Assert.Superset(lost, fetched.SelectMany(r => r.SubscriptionQueue.Taken).ToHashSet());
        Assert.Contains(fetched.SelectMany(r => r.Subscriptions), s => s.SyncedBy == "poller");
    }

    [Fact]
    public void Backups_are_made_on_time_and_a_snapshot_taken_by_hand_counts()
    {
        var model = new ProductionModel(7, Start);
        var made = After(model, TimeSpan.FromHours(24)).SelectMany(r => r.Backups).ToLookup(b => b.Kind);
        Assert.Equal(
            [4, 1, 1, 6],
            ((string[])["base", "exports-dump", "queue-offsets", "config-snapshot"]).Select(k => made[k].Count())
        );
        Assert.Equal(24 * 60, made["wal"].Count());
        model.Flags.TakeSnapshot(model.At);
        Assert.InRange(
            Readings.After(model, TimeSpan.FromMinutes(6)).Last("backup_age_seconds", "kind=config-snapshot"),
            0,
            360
        );
    }

    [Fact]
    public void Scaling_is_a_row_of_capacity_events()
    {
        var model = new ProductionModel(7, Start);
        Assert.Equal(24, model.Scale(Workloads.ExportWorker, 48, Start, "by hand"));
        model.Scale(Workloads.ExportWorker, 48, Start, "again");
        Assert.Equal(
            [new CapacityRow(Start, "export-worker", 24, 48, "by hand")],
            After(model, ProductionModel.Interval).SelectMany(r => r.Capacity)
        );
    }

    [Fact]
    public void The_same_seed_leaves_the_same_rows()
    {
        Assert.Equal(Rows(3), Rows(3));
        Assert.NotEqual(Rows(3), Rows(4));

        static List<string> Rows(long seed) =>
            [
                .. After(new ProductionModel(seed, Start), TimeSpan.FromMinutes(5))
                    .SelectMany(r =>
                        r.ExportJobs.Select(j => $"{j}")
                            .Concat(r.QuotaLedger.Select(q => $"{q}"))
                            .Concat(r.Subscriptions.Select(s => $"{s}"))
                    ),
            ];
    }

    private static List<StepRows> After(ProductionModel model, TimeSpan time)
    {
        model.TakeRows();
        for (var until = model.At + time; model.At < until; )
        {
            model.Step();
        }

        return [.. model.TakeRows()];
    }
}
