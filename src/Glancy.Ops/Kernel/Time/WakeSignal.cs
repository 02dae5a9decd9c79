using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Kernel.Time;

/// <summary>
/// Tells every replica to look for due work now. Only hastens: what is due is in rows, and a lost signal costs a
/// moment, never work.
/// </summary>
public sealed class WakeSignal(BotDatabase database)
{
    public const string Channel = "glancy_wake";

    private TaskCompletionSource pulse = NewPulse();

    /// <summary>
    /// Completes at the next signal. Take it before looking for work, so that a signal during the work is not missed.
    /// </summary>
    public Task Next => Volatile.Read(ref pulse).Task;

    /// <summary>Wakes all replicas through the database, this one at once.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        WakeHere();
        await database.ExecuteAsync("select pg_notify(@Channel, '')", new { Channel }, cancellationToken);
    }

    /// <summary>Wakes this replica.</summary>
    public void WakeHere() => Interlocked.Exchange(ref pulse, NewPulse()).TrySetResult();

    /// <summary>Waits for a signal taken earlier, at most for the given real time.</summary>
    public static async Task WaitAsync(Task next, TimeSpan longest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            await next.WaitAsync(longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Then by the clock.
        }
    }

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
