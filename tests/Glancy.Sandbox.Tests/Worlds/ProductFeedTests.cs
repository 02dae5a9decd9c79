using Glancy.Sandbox.Production;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>The product's tables and queues move with the model, and the model hears what people do to them.</summary>
public sealed class ProductFeedTests(WorldFixture fixture) : ProductTests(fixture), IClassFixture<WorldFixture>
{
    [Fact]
    public async Task A_healthy_worlds_tables_and_queues_agree_with_its_metrics()
    {
        var world = World;
        await world.ResetToPromotedAsync("REL-B3", null, Token);

        Assert.Equal(0, await CountAsync(Mismatches));
        Assert.True(await CountAsync("select count(*) from export_jobs where status = 'done'") > 5000);
        Assert.Equal(await MetricAsync("export_queue_depth"), await LengthAsync(ProductQueues.Pending));
        Assert.Equal(
            await MetricAsync("export_queue_depth"),
            await CountAsync("select count(*) from export_jobs where status = 'pending'")
        );
        Assert.Equal(await MetricAsync("export_dead_letters"), await LengthAsync(ProductQueues.Dead));
        Assert.Equal(await MetricAsync("subscription_queue_depth"), await LengthAsync(ProductQueues.Subscriptions));
        Assert.Equal(
            0,
            await CountAsync(
                "select count(*) from export_jobs where status in ('pending', 'running') and requested_at < (select "
                    + "max(requested_at) from export_jobs) - interval '3 minutes'"
            )
        );
        Assert.True(await CountAsync("select count(*) from slo_error_budget where metric = 'lookup'") >= 18);
        Assert.True(await CountAsync("select count(*) from backup_runs where kind = 'wal'") >= 90);
        Assert.True(await CountAsync("select count(*) from subscriptions where synced_at is not null") > 500);
    }

    [Fact]
    public async Task A_quota_mismatch_shows_as_rows_and_stays_reconciled_once_it_is()
    {
        var world = World;
        await world.ResetToPromotedAsync("REL-B3", Faults.QuotaMismatch, Token);
        Assert.True(await CountAsync(Mismatches) > 5);
        world.FaultOff(Faults.QuotaMismatch);
        await world.JumpAsync(TimeSpan.FromMinutes(1), Token);
        Assert.True(await CountAsync(Mismatches) > 5, "rows do not heal by themselves");

        await DoAsync(
            """
            update quota_daily q set used_value = coalesce((select sum(delta) from quota_ledger l
             where (l.user_id, l.metric, l.quota_date_local) = (q.user_id, q.metric, q.quota_date_local)), 0),
              last_reconciled_at = now()
            """
        );
        await world.JumpAsync(TimeSpan.FromMinutes(10), Token);
        Assert.Equal(0, await CountAsync(Mismatches));
        var user = await TextAsync("select user_id || ':' || metric from quota_daily order by used_value desc limit 1");
        await Deadline.UntilAsync(async () =>
        {
            await world.JumpAsync(TimeSpan.FromMinutes(5), Token);
            return await CacheAsync($"quota:{user}")
                == await TextAsync(
                    $"select used_value::text from quota_daily where user_id || ':' || metric = '{user}'"
                );
        });
    }

    [Fact]
    public async Task An_export_backlog_fills_the_real_queue_and_48_workers_empty_it()
    {
        var world = World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ExportBacklog, Token);
        await world.JumpAsync(TimeSpan.FromMinutes(12), Token);
        Assert.True(await LengthAsync(ProductQueues.Pending) > 2000);
        Assert.True(await MetricAsync("export_oldest_age_seconds") > 300);

        var reply = await world.TypeAsync("lin", ["act", "scale", "export-worker", "48"], Token);
        Assert.Equal((0, "export-worker: 48 replicas"), (reply.Exit, reply.Text));
        await world.JumpAsync(TimeSpan.FromMinutes(25), Token);

        Assert.True(await LengthAsync(ProductQueues.Pending) < 300);
        Assert.True(await MetricAsync("export_oldest_age_seconds") < 60);
        Assert.Equal(
            1,
            await CountAsync(
                """
                select count(*) from capacity_events where deploy = 'export-worker' and "before" = 24
                  and "after" = 48
                """
            )
        );
        Assert.Equal(
            1,
            await CountAsync(
                "select count(*) from audit_events where actor = 'lin' and action = 'deploy.scale' and target = "
                    + "'export-worker'"
            )
        );
        Assert.Equal(
            ("act.scale", true),
            world.Effects.All.Where(e => e.Command == "act.scale").Select(e => (e.Command, e.Changed)).Single()
        );
    }

    [Fact]
    public async Task A_failed_job_that_is_set_back_to_pending_is_queued_again_and_done()
    {
        var world = World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ExportFailures, Token);
        world.FaultOff(Faults.ExportFailures);
        var job = await TextAsync(
            "select job_id from export_jobs where status = 'failed' order by requested_at desc limit 1"
        );
        await DoAsync(
            $"update export_jobs set status = 'pending', error_message = null, execute_after = now() where job_id = "
                + $"'{job}' and status = 'failed'"
        );
        await world.JumpAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal("done", await TextAsync($"select status from export_jobs where job_id = '{job}'"));
        Assert.DoesNotContain(job, await ListAsync(ProductQueues.Dead));
    }

    [Fact]
    public async Task A_job_pushed_by_hand_is_done_and_one_gone_from_the_queue_stays_pending()
    {
        var world = World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ExportBacklog, Token);

        // The newest of a long queue: the model is a step ahead of the clock, and may have begun the oldest already.
        var gone = (await ListAsync(ProductQueues.Pending))[0];
        await RedisAsync(async queues =>
        {
            Assert.Equal(1, await queues.ListRemoveAsync(ProductQueues.Pending, gone));
            return true;
        });
        await world.JumpAsync(TimeSpan.FromMinutes(3), Token);
        Assert.Equal("pending", await TextAsync($"select status from export_jobs where job_id = '{gone}'"));

        world.FaultOff(Faults.ExportBacklog);
        await RedisAsync(queues => queues.ListLeftPushAsync(ProductQueues.Pending, gone));
        await world.JumpAsync(TimeSpan.FromSeconds(30), Token);
        world.Look(m =>
        {
            m.Exports.Drain();
            return true;
        });
        await world.JumpAsync(TimeSpan.FromMinutes(3), Token);
        Assert.Equal("done", await TextAsync($"select status from export_jobs where job_id = '{gone}'"));
        Assert.Equal(await MetricAsync("export_queue_depth"), await LengthAsync(ProductQueues.Pending));
    }

    [Fact]
    public async Task The_command_line_lists_every_fault_with_its_cure_and_acts_by_hand()
    {
        await World.ResetToPromotedAsync("REL-B3", null, Token);
        Assert.Equal(0, (await RunAsync("fault", "on", "cost-surge", "--intensity", "0.3")).Exit);
        var (exit, said) = await RunAsync("fault", "list");
        Assert.Equal(0, exit);
        Assert.All(
            Faults.Catalogue,
            f =>
            {
                Assert.Contains(f.Name, said, StringComparison.Ordinal);
                Assert.Contains($"cure: {f.Cure}", said, StringComparison.Ordinal);
            }
        );
        Assert.Contains("on  cost-surge", said, StringComparison.Ordinal);
        Assert.Contains("off overload", said, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("fault", "off", "cost-surge")).Exit);

        Assert.Equal((0, "subscription-poller: 2 replicas"), await RunAsync("act", "poller", "on"));
        Assert.Equal(
            (0, "streaming-gateway restarted"),
            await RunAsync("act", "restart", "streaming-gateway", "--by", "lin")
        );
        Assert.Equal((0, "doubao: open"), await RunAsync("act", "circuit", "open"));
        Assert.Equal((0, "base begun"), await RunAsync("act", "backup", "base"));
        Assert.Equal(2, World.Look(m => m.Workloads[Workloads.Poller]));
        foreach (
            var wrong in new[]
            {
                "scale export-wroker 3",
                "scale export-worker 97",
                "scale export-worker -1",
                "restart all",
                "backup everything",
                "dance",
            }
        )
        {
            var (code, why) = await RunAsync(["act", .. wrong.Split(' ')]);
            Assert.True(code == 1, wrong);
            Assert.Contains("usage: act", why, StringComparison.Ordinal);
        }

        Assert.Contains("subscription-poller 2", (await RunAsync("status")).Said, StringComparison.Ordinal);
    }
}
