using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// A clock that stands still unless it is moved, and that knows what is waited for: who moves it before anybody waits
/// moves it past an answer that is still under way.
/// </summary>
public sealed class HouseClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private readonly ConcurrentDictionary<Wait, TimeSpan> waits = [];

    /// <summary>Moves on by <paramref name="wait"/> once somebody waits just that long.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await Deadline.UntilAsync(() => waits.Values.Contains(wait));
        Advance(wait);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Wait(this);
        wait.Timer = base.CreateTimer(
            s =>
            {
                waits.TryRemove(wait, out _);
                callback(s);
            },
            state,
            dueTime,
            period
        );
        waits[wait] = dueTime;
        return wait;
    }

    private sealed class Wait(HouseClock clock) : ITimer
    {
        public ITimer? Timer { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = Timer?.Change(dueTime, period) ?? false;
            clock.waits[this] = dueTime;
            return changed;
        }

        public void Dispose()
        {
            clock.waits.TryRemove(this, out _);
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
