namespace Glancy.Sandbox.Slack;

/// <summary>One lock over a whole workspace, and word of every change in it.</summary>
public sealed class Changes
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = Fresh();
    private long version;

    /// <summary>
    /// After a change, on the thread that made it and outside the lock. Whoever draws marshals to its own.
    /// </summary>
    public event EventHandler? Changed;

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>Completes when there is a newer version than this.</summary>
    public async Task AfterAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (version > seen)
                {
                    return;
                }

                waiting = next.Task;
            }

            await waiting.WaitAsync(cancellationToken);
        }
    }

    internal T Look<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    internal T Make<T>(Func<T> change)
    {
        var outermost = !gate.IsHeldByCurrentThread;
        T made;
        TaskCompletionSource? heard = null;
        lock (gate)
        {
            made = change();
            if (outermost)
            {
                version++;
                (heard, next) = (next, Fresh());
            }
        }

        heard?.TrySetResult();
        if (outermost)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }

        return made;
    }

    internal void Make(Action change) =>
        Make(() =>
        {
            change();
            return true;
        });

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
