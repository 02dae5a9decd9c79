using Glancy.Sandbox.Cli;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Redis;
using Npgsql;
using StackExchange.Redis;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>The product's tables and queues move with the model, and the model hears what people do to them.</summary>
public sealed class ProductFeedTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    // §5.3.3, with the reading of its date: the rows that an operator looks for.
    private const string Mismatches = """
        select count(*) from (
          select q.user_id from quota_daily q
            left join quota_ledger l on (l.user_id, l.metric, l.quota_date_local) = (q.user_id, q.metric, q.quota_date_local)
           where q.deleted_at is null
           group by q.user_id, q.metric, q.quota_date_local, q.used_value
          having abs(q.used_value - coalesce(sum(l.delta), 0)) > 1) m
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_worlds_tables_and_queues_agree_with_its_metrics()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", null, Token);

        Assert.Equal(0, await CountAsync(Mismatches));
        Assert.True(await CountAsync("select count(*) from export_jobs where status = 'done'") > 5000);
        Assert.Equal(await MetricAsync("export_queue_depth"), await LengthAsync(ProductQueues.Pending));
        Assert.Equal(await MetricAsync("export_queue_depth"), await CountAsync("select count(*) from export_jobs where status = 'pending'"));
        Assert.Equal(await MetricAsync("export_dead_letters"), await LengthAsync(ProductQueues.Dead));
        Assert.Equal(await MetricAsync("subscription_queue_depth"), await LengthAsync(ProductQueues.Subscriptions));
        Assert.Equal(0, await CountAsync("select count(*) from export_jobs where status in ('pending', 'running') and requested_at < (select max(requested_at) from export_jobs) - interval '3 minutes'"));
        Assert.True(await CountAsync("select count(*) from slo_error_budget where metric = 'lookup'") >= 18);
        Assert.True(await CountAsync("select count(*) from backup_runs where kind = 'wal'") >= 90);
        Assert.True(await CountAsync("select count(*) from subscriptions where synced_at is not null") > 500);
    }

    [Fact]
    public async Task A_quota_mismatch_shows_as_rows_and_stays_reconciled_once_it_is()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.QuotaMismatch, Token);
        Assert.True(await CountAsync(Mismatches) > 5);
        world.FaultOff(Faults.QuotaMismatch);
        await world.JumpAsync(TimeSpan.FromMinutes(1), Token);
        Assert.True(await CountAsync(Mismatches) > 5, "rows do not heal by themselves");

        await DoAsync("""
            update quota_daily q set used_value = coalesce((select sum(delta) from quota_ledger l
             where (l.user_id, l.metric, l.quota_date_local) = (q.user_id, q.metric, q.quota_date_local)), 0), last_reconciled_at = now()
            """);
        await world.JumpAsync(TimeSpan.FromMinutes(10), Token);
        Assert.Equal(0, await CountAsync(Mismatches));
        var user = await TextAsync("select user_id || ':' || metric from quota_daily order by used_value desc limit 1");
        await Deadline.UntilAsync(async () =>
        {
            await world.JumpAsync(TimeSpan.FromMinutes(5), Token);
            return await CacheAsync($"quota:{user}") == await TextAsync($"select used_value::text from quota_daily where user_id || ':' || metric = '{user}'");
        });
    }

    [Fact]
    public async Task An_export_backlog_fills_the_real_queue_and_48_workers_empty_it()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ExportBacklog, Token);
        await world.JumpAsync(TimeSpan.FromMinutes(12), Token);
        Assert.True(await LengthAsync(ProductQueues.Pending) > 2000);
        Assert.True(await MetricAsync("export_oldest_age_seconds") > 300);

        var reply = await world.TypeAsync("lin", ["act", "scale", "export-worker", "48"], Token);
        Assert.Equal((0, "export-worker: 48 replicas"), (reply.Exit, reply.Text));
        await world.JumpAsync(TimeSpan.FromMinutes(25), Token);

        Assert.True(await LengthAsync(ProductQueues.Pending) < 300);
        Assert.True(await MetricAsync("export_oldest_age_seconds") < 60);
        Assert.Equal(1, await CountAsync("""select count(*) from capacity_events where deploy = 'export-worker' and "before" = 24 and "after" = 48"""));
        Assert.Equal(1, await CountAsync("select count(*) from audit_events where actor = 'lin' and action = 'deploy.scale' and target = 'export-worker'"));
        Assert.Equal(("act.scale", true), world.Effects.All.Where(e => e.Command == "act.scale").Select(e => (e.Command, e.Changed)).Single());
    }

    [Fact]
    public async Task A_failed_job_that_is_set_back_to_pending_is_queued_again_and_done()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ExportFailures, Token);
        world.FaultOff(Faults.ExportFailures);
        var job = await TextAsync("select job_id from export_jobs where status = 'failed' order by requested_at desc limit 1");
        await DoAsync($"update export_jobs set status = 'pending', error_message = null, execute_after = now() where job_id = '{job}' and status = 'failed'");
        await world.JumpAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal("done", await TextAsync($"select status from export_jobs where job_id = '{job}'"));
        Assert.DoesNotContain(job, await ListAsync(ProductQueues.Dead));
    }

    [Fact]
    public async Task A_job_pushed_by_hand_is_done_and_one_gone_from_the_queue_stays_pending()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", null, Token);

        // Not the one at the head: the model may be a step ahead of the clock, and have begun it already.
        var waiting = await ListAsync(ProductQueues.Pending);
        var gone = waiting[waiting.Count / 2];
        await RedisAsync(async queues =>
        {
            Assert.Equal(1, await queues.ListRemoveAsync(ProductQueues.Pending, gone));
            return true;
        });
        await world.JumpAsync(TimeSpan.FromMinutes(3), Token);
        Assert.Equal("pending", await TextAsync($"select status from export_jobs where job_id = '{gone}'"));

        await RedisAsync(queues => queues.ListLeftPushAsync(ProductQueues.Pending, gone));
        await world.JumpAsync(TimeSpan.FromMinutes(3), Token);
        Assert.Equal("done", await TextAsync($"select status from export_jobs where job_id = '{gone}'"));
        Assert.Equal(await MetricAsync("export_queue_depth"), await LengthAsync(ProductQueues.Pending));
    }

    [Fact]
    public async Task With_PostgreSQL_or_Redis_away_the_world_goes_on_and_nothing_is_lost_or_doubled()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", null, Token);
        await world.Postgres.StopAsync(RestartKind.Immediate);
        await world.Redis.StopAsync();
        await world.JumpAsync(TimeSpan.FromMinutes(5), Token);
        await world.Postgres.ResumeAsync(Token);
        await world.Redis.ResumeAsync(Token);

        // The first attempt may find a connection from before the crash.
        await Deadline.UntilAsync(async () =>
        {
            await world.JumpAsync(TimeSpan.FromSeconds(30), Token);
            return await LengthAsync(ProductQueues.Pending) == await MetricAsync("export_queue_depth")
                && await CountAsync("select count(*) from export_jobs where status = 'pending'") == await MetricAsync("export_queue_depth");
        });
        var queued = await ListAsync(ProductQueues.Pending);
        Assert.Equal(queued.Count, queued.Distinct().Count());
        Assert.Equal(0, await CountAsync(Mismatches));
        Assert.Equal(
            0,
            await CountAsync("select count(*) from (select window_start - lag(window_start) over (order by window_start) as step from slo_error_budget where metric = 'lookup') s where step <> interval '5 minutes'"));
    }

    [Fact]
    public async Task The_command_line_lists_every_fault_with_its_cure_and_acts_by_hand()
    {
        await fixture.World.ResetToPromotedAsync("REL-B3", null, Token);
        Assert.Equal(0, (await RunAsync("fault", "on", "cost-surge", "--intensity", "0.3")).Exit);
        var (exit, said) = await RunAsync("fault", "list");
        Assert.Equal(0, exit);
        Assert.All(Faults.Catalogue, f =>
        {
            Assert.Contains(f.Name, said, StringComparison.Ordinal);
            Assert.Contains($"cure: {f.Cure}", said, StringComparison.Ordinal);
        });
        Assert.Contains("on  cost-surge", said, StringComparison.Ordinal);
        Assert.Contains("off overload", said, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("fault", "off", "cost-surge")).Exit);

        Assert.Equal((0, "subscription-poller: 2 replicas"), await RunAsync("act", "poller", "on"));
        Assert.Equal((0, "streaming-gateway restarted"), await RunAsync("act", "restart", "streaming-gateway", "--by", "lin"));
        Assert.Equal((0, "doubao: open"), await RunAsync("act", "circuit", "open"));
        Assert.Equal((0, "base begun"), await RunAsync("act", "backup", "base"));
        Assert.Equal(2, fixture.World.Look(m => m.Workloads[Workloads.Poller]));
        foreach (var wrong in new[] { "scale export-wroker 3", "scale export-worker 97", "scale export-worker -1", "restart all", "backup everything", "dance" })
        {
            var (code, why) = await RunAsync(["act", .. wrong.Split(' ')]);
            Assert.True(code == 1, wrong);
            Assert.Contains("usage: act", why, StringComparison.Ordinal);
        }

        Assert.Contains("subscription-poller 2", (await RunAsync("status")).Said, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Said)> RunAsync(params string[] words)
    {
        var said = new StringWriter();
        var exit = await SandboxCommand.Build().Parse([.. words, "--dir", fixture.World.Folder.Path])
            .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = said, Error = said }, Token);
        return (exit, said.ToString().TrimEnd());
    }

    private async Task<double> MetricAsync(string name) => await fixture.World.Prometheus.QueryAsync(name, fixture.World.Clock.Now, Token) ?? double.NaN;

    private Task<long> LengthAsync(string queue) => RedisAsync(queues => queues.ListLengthAsync(queue));

    private async Task<List<string>> ListAsync(string queue) => [.. (await RedisAsync(queues => queues.ListRangeAsync(queue))).Select(v => v.ToString())];

    private Task<string> CacheAsync(string key) => RedisAsync(async cache => (await cache.StringGetAsync(key)).ToString(), database: 0);

    private async Task<T> RedisAsync<T>(Func<IDatabase, Task<T>> ask, int database = ProductQueues.Database)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(fixture.World.Redis.Client());
        return await ask(connection.GetDatabase(database));
    }

    private async Task<long> CountAsync(string sql) => (long)(await ScalarAsync(sql) ?? -1L);

    private async Task<string> TextAsync(string sql) => (string)(await ScalarAsync(sql) ?? "");

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var product = NpgsqlDataSource.Create(fixture.World.Databases.ProductOps);
        await using var command = product.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }

    private async Task DoAsync(string sql)
    {
        await using var product = NpgsqlDataSource.Create(fixture.World.Databases.ProductOwner);
        await using var command = product.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
