namespace Glancy.Slack.Api.Pace;

/// <summary>
/// A token bucket with a line per lane. A permit goes to the first of the highest lane that waits; the bulk lane also
/// leaves <see cref="Pace.Reserve"/> permits, so an alert after a burst of bulk work finds one at once.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter>[] lines =
    [
        .. Enum.GetValues<SlackLane>().Select(_ => new LinkedList<Waiter>()),
    ];
    private readonly Pace pace;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private double permits;
    private long counted;
    private long closedUntil;

    public Gate(Pace pace, TimeProvider clock)
    {
        (this.pace, this.clock, permits, counted) = (pace, clock, pace.Burst, clock.GetTimestamp());
        closedUntil = counted;
        timer = clock.CreateTimer(
            static state => (state as Gate)?.LetThrough(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Waits for a permit.</summary>
    /// <exception cref="OperationCanceledException">Gave up waiting; no permit was used.</exception>
    public async Task EnterAsync(SlackLane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (gate)
        {
            lines[(int)lane].AddLast(waiter);
        }

        LetThrough();
        await using var givingUp = cancellationToken.Register(() => Leave(lane, waiter, cancellationToken));
        await waiter.Turn.Task;
    }

    /// <summary>Slack said when to come back; until then nobody goes through.</summary>
    public void CloseFor(TimeSpan time)
    {
        lock (gate)
        {
            closedUntil = Math.Max(
                closedUntil,
                clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency)
            );
        }

        LetThrough();
    }

    public void Dispose() => timer.Dispose();

    private void Leave(SlackLane lane, Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            lines[(int)lane].Remove(waiter);
        }

        waiter.Turn.TrySetCanceled(cancellationToken);
    }

    private void LetThrough()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            permits = Math.Min(
                pace.Burst,
                permits + (pace.PerSecond * clock.GetElapsedTime(counted, now).TotalSeconds)
            );
            counted = now;
            while (Array.FindIndex(lines, line => line.Count > 0) is var lane and >= 0)
            {
                // A thousandth off: timers round down, and a permit that is as good as there counts.
                var needed = 0.999 + (lane == (int)SlackLane.Bulk ? pace.Reserve : 0);
                if (closedUntil > now || permits < needed)
                {
                    var wait = Math.Max(
                        (needed - permits) / pace.PerSecond,
                        clock.GetElapsedTime(now, Math.Max(now, closedUntil)).TotalSeconds
                    );
                    timer.Change(TimeSpan.FromSeconds(wait) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                    return;
                }

                var waiter = lines[lane].First;
                lines[lane].RemoveFirst();
                if (waiter?.Value.Turn.TrySetResult() == true)
                {
                    permits--;
                }
            }
        }
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
