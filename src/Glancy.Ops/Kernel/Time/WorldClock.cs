using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Kernel.Time;

/// <summary>
/// The clock that everything a person would call time follows. In production it is the machine's clock;
/// elsewhere a row in the bot's database may set, slow, hasten and bound it. It never goes back.
/// Timestamps for elapsed real time (<see cref="TimeProvider.GetTimestamp"/>, timers) stay real.
/// </summary>
public sealed class WorldClock(TimeProvider real) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource followed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClockRow? row;
    private DateTimeOffset last = DateTimeOffset.MinValue;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var now = row?.At(real.GetUtcNow()) ?? real.GetUtcNow();
            last = now > last ? now : last;
            return last;
        }
    }

    /// <summary>Completes when there is a row to follow: whatever keeps time in the world waits for it.</summary>
    public Task Followed => followed.Task;

    /// <summary>Follows the row from now on.</summary>
    public void Follow(ClockRow newRow)
    {
        lock (gate)
        {
            // Before the first row the machine's clock was shown; the world may well lie before it.
            last = row is null ? DateTimeOffset.MinValue : last;
            row = newRow;
        }

        followed.TrySetResult();
    }
}

/// <summary>now = least(world + (real - realAt) * rate, horizon).</summary>
/// <param name="Horizon">The world has been written up to here; the clock does not pass it.</param>
public sealed record ClockRow(DateTimeOffset World, DateTimeOffset RealAt, double Rate, DateTimeOffset Horizon)
{
    public DateTimeOffset At(DateTimeOffset realNow)
    {
        var world = World + ((realNow - RealAt) * Rate);
        return world < Horizon ? world : Horizon;
    }
}

/// <summary>The row behind the world clock.</summary>
public sealed class ClockStore(BotDatabase database)
{
    public async Task<ClockRow?> ReadAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<Row>(
                "select world, real_at, rate, horizon from glancy.world_clock",
                null,
                cancellationToken
            )
        )
            .Select(r => new ClockRow(r.World, r.Real_At, r.Rate, r.Horizon))
            .FirstOrDefault();

    public Task WriteAsync(ClockRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return database.ExecuteAsync(
            """
            insert into glancy.world_clock (world, real_at, rate, horizon) values (@World, @RealAt, @Rate, @Horizon)
            on conflict (one) do update set world = excluded.world, real_at = excluded.real_at, rate = excluded.rate,
              horizon = excluded.horizon
            """,
            new
            {
                World = row.World.ToUniversalTime(),
                RealAt = row.RealAt.ToUniversalTime(),
                row.Rate,
                Horizon = row.Horizon.ToUniversalTime(),
            },
            cancellationToken
        );
    }

    private sealed record Row
    {
        public DateTimeOffset World { get; init; }

        public DateTimeOffset Real_At { get; init; }

        public double Rate { get; init; }

        public DateTimeOffset Horizon { get; init; }
    }
}
