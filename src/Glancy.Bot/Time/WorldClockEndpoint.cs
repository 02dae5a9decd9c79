using Glancy.Ops;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Time;

/// <summary>A new position of the world clock.</summary>
/// <param name="Rate">World seconds per real second.</param>
/// <param name="Horizon">Metrics have been written up to here.</param>
internal sealed record ClockOrder(DateTimeOffset World, double Rate, DateTimeOffset Horizon);

/// <summary>How the world clock stands.</summary>
/// <param name="Settled">Nothing is due at this time and the watcher has looked at it: the clock may be moved
/// on.</param>
internal sealed record ClockAnswer(DateTimeOffset Now, bool Settled);

/// <summary>The door through which the world clock is moved. It is mapped in the sandbox only.</summary>
internal static class WorldClockEndpoint
{
    public static void MapWorldClock(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(
            "/world-clock",
            async (
                ClockOrder order,
                ClockStore store,
                WorldClock clock,
                WakeSignal wake,
                CancellationToken cancellationToken
            ) =>
            {
                var row = new ClockRow(order.World, TimeProvider.System.GetUtcNow(), order.Rate, order.Horizon);
                await store.WriteAsync(row, cancellationToken);
                clock.Follow(row);
                await wake.SendAsync(cancellationToken);
                return Results.NoContent();
            }
        );
        routes.MapGet(
            "/world-clock",
            async (
                BotDatabase database,
                TimeProvider clock,
                IOptions<GlancyOptions> options,
                CancellationToken cancellationToken
            ) =>
            {
                var now = clock.GetUtcNow();
                var settled = await database.QueryAsync<bool>(
                    """
                    select not exists (select 1 from glancy.run where due_at <= @now)
                       and exists (select 1 from glancy.duty where name = 'watch' and looked_at > @now - @interval)
                    """,
                    new { now = now.ToUniversalTime(), interval = options.Value.WatchInterval },
                    cancellationToken
                );
                return new ClockAnswer(now, settled[0]);
            }
        );
    }
}
