using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>A world whose product loses its database and its queues for a while.</summary>
public sealed class ProductOutageTests(WorldFixture fixture) : ProductTests(fixture), IClassFixture<WorldFixture>
{
    [Fact]
    public async Task With_PostgreSQL_or_Redis_away_the_world_goes_on_and_nothing_is_lost_or_doubled()
    {
        var world = World;
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
                && await CountAsync("select count(*) from export_jobs where status = 'pending'")
                    == await MetricAsync("export_queue_depth");
        });
        var queued = await ListAsync(ProductQueues.Pending);
        Assert.Equal(queued.Count, queued.Distinct().Count());
        Assert.Equal(0, await CountAsync(Mismatches));
        Assert.Equal(
            0,
            await CountAsync(
                "select count(*) from (select window_start - lag(window_start) over (order by window_start) as step "
                    + "from slo_error_budget where metric = 'lookup') s where step <> interval '5 minutes'"
            )
        );
    }
}
