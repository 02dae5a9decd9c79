using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Sandbox.Tests.Worlds;

public sealed class WorldClockTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider real = new();

    [Fact]
    public void It_runs_at_its_rate_and_stops_at_the_horizon()
    {
        var clock = new WorldClock(Start, real);
        clock.Extend(Start.AddSeconds(30));
        clock.Run(6);
        real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Start.AddSeconds(12), clock.Now);
        real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Start.AddSeconds(30), clock.Now);
        clock.Extend(Start.AddSeconds(60));
        Assert.Equal(Start.AddSeconds(30), clock.Now);
        real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Start.AddSeconds(36), clock.Now);
    }

    [Fact]
    public void Another_rate_leaves_the_time_where_it_is_and_it_never_goes_back()
    {
        var clock = new WorldClock(Start, real);
        clock.Extend(Start.AddMinutes(5));
        clock.Run(6);
        real.Advance(TimeSpan.FromSeconds(5));
        clock.Run(0);
        real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Start.AddSeconds(30), clock.Now);
        clock.MoveTo(Start);
        Assert.Equal(Start.AddSeconds(30), clock.Now);
        clock.MoveTo(Start.AddHours(2));
        Assert.Equal(new ClockSetting(Start.AddHours(2), 0, Start.AddHours(2)), clock.Setting);
    }

    [Fact]
    public void Every_instant_it_tells_survives_a_database_that_keeps_microseconds()
    {
        var clock = new WorldClock(Start, real);
        clock.Extend(Start.AddHours(1));
        clock.Run(6);
        real.Advance(TimeSpan.FromTicks(12_345_677));
        Assert.Equal(0, clock.Now.Ticks % TimeSpan.TicksPerMillisecond);
        clock.MoveTo(clock.Now.AddTicks(70_003));
        Assert.Equal(0, clock.Setting.World.Ticks % TimeSpan.TicksPerMillisecond);
    }
}
