namespace Glancy.Sandbox.Worlds;

/// <summary>The world's time: runs at a rate, and never past the horizon, up to which metrics are written.</summary>
public sealed class WorldClock(DateTimeOffset start, TimeProvider real)
{
    private readonly Lock gate = new();
    private DateTimeOffset world = start;
    private long since = real.GetTimestamp();
    private double rate;
    private DateTimeOffset horizon = start;

    /// <summary>World seconds per real second; 0 when paused.</summary>
    public double Rate
    {
        get
        {
            lock (gate)
            {
                return rate;
            }
        }
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
            {
                return NowLocked();
            }
        }
    }

    /// <summary>What a bot is told, so that its clock goes as this one does.</summary>
    public ClockSetting Setting
    {
        get
        {
            lock (gate)
            {
                return new ClockSetting(NowLocked(), rate, horizon);
            }
        }
    }

    /// <summary>From now on another rate; the time stays where it is.</summary>
    public void Run(double newRate)
    {
        lock (gate)
        {
            Rebase(NowLocked());
            rate = newRate;
        }
    }

    /// <summary>Lets the clock run up to here.</summary>
    public void Extend(DateTimeOffset newHorizon)
    {
        lock (gate)
        {
            Rebase(NowLocked());
            horizon = newHorizon > horizon ? newHorizon : horizon;
        }
    }

    /// <summary>Puts the clock forward; never back.</summary>
    public void MoveTo(DateTimeOffset to)
    {
        lock (gate)
        {
            var now = NowLocked();
            var whole = Whole(to);
            horizon = whole > horizon ? whole : horizon;
            Rebase(whole > now ? whole : now);
        }
    }

    // Databases keep microseconds; an instant that cannot be kept whole would come back as an earlier one.
    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private void Rebase(DateTimeOffset to)
    {
        world = to;
        since = real.GetTimestamp();
    }

    private DateTimeOffset NowLocked()
    {
        var now = world + (real.GetElapsedTime(since) * rate);
        return Whole(now < horizon ? now : horizon);
    }
}

/// <summary>The body of <c>PUT /world-clock</c>: clock = min(world + elapsed x rate, horizon).</summary>
public sealed record ClockSetting(DateTimeOffset World, double Rate, DateTimeOffset Horizon);
