using System.Diagnostics;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Sandbox.Tests.Worlds;

public sealed class WorldTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_begins_with_a_bad_release_that_has_turned_two_lights_red_and_a_budget_in_good_order()
    {
        using var folder = new TemporaryFolder();
        var parts = new List<StartedPart>();
        await using var world = await World.StartAsync(
            new WorldOptions(folder.In("w")) { Root = Repository.Root, MonthBefore = true },
            part =>
            {
                lock (parts)
                {
                    parts.Add(part);
                }
            },
            Token
        );

        Assert.Equal(
            ["bastion", "control", "model", "postgres", "prometheus", "redis", "tables"],
            parts.Select(p => p.Name).Order()
        );
        Assert.Equal(("REL-B5", 100.0), world.Look(m => (m.Train.Batch, m.Train.Weight)));
        var now = world.Clock.Now;
        Assert.Equal(new DateTimeOffset(2025, 4, 18, 1, 20, 0, TimeSpan.Zero), now);
        const string Errors =
            "sum(rate(requests_total{route=\"/lookup\",code=~\"5..\"}[5m])) / "
            + "sum(rate(requests_total{route=\"/lookup\"}[5m]))";
        Assert.True(await world.Prometheus.QueryAsync(Errors, now, Token) > 0.001);
        Assert.True(await world.Prometheus.QueryAsync(Errors, now.AddMinutes(-7), Token) < 0.001);
        Assert.True(
            await world.Prometheus.QueryAsync(
                "histogram_quantile(0.95, sum by (le) (rate(rum_first_paint_seconds_bucket[5m])))",
                now,
                Token
            ) > 2.5
        );
        var consumed = await world.Prometheus.QueryAsync(
            "sum(increase(requests_total{route=\"/lookup\",code=~\"5..\"}[418h])) / "
                + "(sum(increase(requests_total{route=\"/lookup\"}[418h])) * 0.001)",
            now,
            Token
        );
        Assert.InRange(consumed ?? 0, 0.05, 0.3);
        Assert.Equal(
            2L,
            await CountAsync(world.Databases.ProductOps, "select count(*) from release_batches where kind = 'promote'")
        );
        Assert.Equal(
            2L,
            await CountAsync(world.Databases.ProductOps, "select count(*) from audit_events where actor = 'mei'")
        );
        Assert.True(
            await CountAsync(
                world.Databases.ProductOps,
                "select count(*) from slo_error_budget where window_start > '2025-04-17 01:20Z' and error_minutes > 0"
            ) > 30
        );
        Assert.Empty(world.Effects.All);
    }

    [Fact]
    public async Task Time_moves_in_strides_that_wait_for_the_bot_and_the_metrics_are_there_before()
    {
        using var folder = new TemporaryFolder();
        await using var world = await StartWithBotsAsync(folder, 1);
        var start = world.Clock.Now;

        Assert.True(await world.AdvanceAsync(TimeSpan.FromSeconds(75), Token));

        Assert.Equal(start.AddSeconds(75), world.Clock.Now);
        Assert.Equal(
            [30.0, 60, 75],
            (await MovesAsync(world, "a")).Where(m => m > start).Select(m => (m - start).TotalSeconds).Distinct()
        );
        var lines = await File.ReadAllLinesAsync(world.Folder.Replica("a").KillFile + ".moves", Token);
        Assert.Equal(["settled", "settled"], lines.TakeLast(2).Select(line => line.Split(' ')[3]));
        Assert.Equal(
            1,
            await world.Prometheus.QueryAsync(
                "count(timestamp(export_queue_depth) == bool time())",
                world.Clock.Now,
                Token
            )
        );

        await world.JumpAsync(TimeSpan.FromHours(3), Token);
        Assert.Equal(start.AddSeconds(75) + TimeSpan.FromHours(3), (await MovesAsync(world, "a"))[^1]);
    }

    [Fact]
    public async Task A_dead_bot_stops_the_strides_and_a_new_one_is_told_the_time()
    {
        using var folder = new TemporaryFolder();
        await using var world = await StartWithBotsAsync(folder, 2);
        await world.KillReplicaAsync("a");
        Assert.True(await world.AdvanceAsync(TimeSpan.FromSeconds(30), Token), "b is alive");
        await world.KillReplicaAsync("b");
        var stands = world.Clock.Now + Pacemaker.Stride;
        Assert.False(await world.AdvanceAsync(TimeSpan.FromMinutes(5), Token));
        Assert.Equal(stands, world.Clock.Now);

        var again = await world.StartReplicaAsync(
            "a",
            new Dictionary<string, string> { ["Glancy__RowLease"] = "00:00:01" },
            Token
        );

        Assert.True(again.IsAlive);
        Assert.Equal(stands, (await MovesAsync(world, "a"))[^1]);
        Assert.True(await world.SettleAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.StartReplicaAsync("a", Token));
    }

    [Fact]
    public async Task A_running_clock_keeps_its_rate_and_never_passes_what_is_written()
    {
        using var folder = new TemporaryFolder();
        await using var world = await StartWithBotsAsync(folder, 1);
        var start = world.Clock.Now;
        var watch = Stopwatch.StartNew();
        await world.SetRateAsync(60, Token);
        await Deadline.UntilAsync(() => world.Clock.Now > start.AddMinutes(2));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1.9));
        var setting = world.Clock.Setting;
        Assert.True(setting.Horizon > setting.World.AddSeconds(15));
        Assert.NotNull(await world.Prometheus.QueryAsync("export_queue_depth", setting.Horizon, Token));
        await world.SetRateAsync(0, Token);
        var stands = world.Clock.Now;
        Assert.Contains(
            $"{stands:O} 0 ",
            (await File.ReadAllLinesAsync(world.Folder.Replica("a").KillFile + ".moves", Token))[^1],
            StringComparison.Ordinal
        );
        Assert.Equal(stands, world.Clock.Now);
    }

    [Fact]
    public async Task The_world_goes_on_without_Prometheus_and_fills_the_gap_when_it_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.StartAsync(Options(folder), null, Token);
        await world.Prometheus.StopAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(2), Token);
        var gap = world.Clock.Now;
        await world.Prometheus.ResumeAsync(Token);
        await world.AdvanceAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(
            9,
            await world.Prometheus.QueryAsync("count_over_time(export_queue_depth[2m])", gap, Token) ?? 0,
            1.0
        );
    }

    [Fact]
    public async Task Effects_while_PostgreSQL_is_away_reach_the_audit_when_it_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.StartAsync(Options(folder), null, Token);
        await world.Postgres.StopAsync(RestartKind.Immediate);
        var reply = await world.TypeAsync(
            "lin",
            ["configctl", "feature", "set", Flags.Regenerate, "false", "--env", "prod"],
            Token
        );
        Assert.Equal(0, reply.Exit);
        await world.Postgres.ResumeAsync(Token);
        await Deadline.UntilAsync(async () =>
            await CountAsync(world.Databases.ProductOps, "select count(*) from audit_events where actor = 'lin'") == 1
        );
    }

    [Fact]
    public async Task Fresh_databases_take_the_place_of_the_old_ones()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.StartAsync(Options(folder), null, Token);
        var first = world.Databases;
        var second = await world.UseFreshDatabasesAsync("sweep_1", null, Token);
        await world.TypeAsync("lin", ["configctl", "snapshot", "create", "--env", "prod"], Token);
        Assert.Equal(0L, await CountAsync(first.ProductOps, "select count(*) from audit_events where actor = 'lin'"));
        Assert.Equal(1L, await CountAsync(second.ProductOps, "select count(*) from audit_events where actor = 'lin'"));
        Assert.Equal(2L, await CountAsync(second.ProductOps, "select count(*) from release_batches"));
    }

    [Fact]
    public async Task A_taken_folder_is_refused_and_everything_is_gone_after_the_end()
    {
        using var folder = new TemporaryFolder();
        var world = await World.StartAsync(Options(folder), null, Token);
        var processes = new[]
        {
            world.Postgres.Process,
            world.Prometheus.Process,
            world.Redis.Process,
            world.Bastion.Process,
        };
        Assert.All(processes, p => Assert.True(p?.IsAlive));
        Assert.Contains(
            "already lives",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    World.StartAsync(Options(folder), null, Token)
                )
            ).Message,
            StringComparison.Ordinal
        );

        await world.DisposeAsync();

        Assert.All(processes, p => Assert.False(p?.IsAlive));
        Assert.False(Directory.Exists(world.Folder.Path));
    }

    [Fact]
    public async Task What_a_crashed_world_left_is_removed_but_only_what_was_its_own()
    {
        using var folder = new TemporaryFolder();
        await using var left = ServiceProcess.Start(
            new ServiceCommand("left", ["/bin/sleep", "600"], folder.In("left.log"))
        );
        await using var other = ServiceProcess.Start(
            new ServiceCommand("other", ["/bin/sleep", "600"], folder.In("other.log"))
        );
        var world = new WorldFolder(folder.In("w"));
        await world.PrepareAsync(Token);
        // The second has the number of a process of ours, but not its start time: somebody else's by now.
        world.Write(
            new WorldFile
            {
                Sandbox = left.Identity with { StartTicks = 1 },
                Processes = [left.Identity, other.Identity with { StartTicks = 1 }],
            }
        );

        await world.PrepareAsync(Token);

        await Deadline.UntilAsync(() => !left.Identity.IsAlive);
        Assert.True(other.Identity.IsAlive);
        Assert.Null(await world.ReadAsync(Token));
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("thesis.txt"), "years of work", Token);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            World.StartAsync(new WorldOptions(folder.Path) { Root = Repository.Root }, null, Token)
        );
        Assert.Contains("holds no world", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("thesis.txt")));
    }

    private static WorldOptions Options(TemporaryFolder folder) =>
        new(folder.In("w"))
        {
            Root = Repository.Root,
            Past = TimeSpan.FromMinutes(30),
            BotDll = typeof(StandInBot).Assembly.Location,
        };

    private static Task<World> StartWithBotsAsync(TemporaryFolder folder, int replicas) =>
        World.StartAsync(Options(folder) with { Replicas = replicas }, null, Token);

    private static async Task<List<DateTimeOffset>> MovesAsync(World world, string id) =>
        [
            .. (await File.ReadAllLinesAsync(world.Folder.Replica(id).KillFile + ".moves", Token)).Select(line =>
                DateTimeOffset.Parse(line.Split(' ')[0], null)
            ),
        ];

    private static async Task<long> CountAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token) ?? -1L);
    }
}
