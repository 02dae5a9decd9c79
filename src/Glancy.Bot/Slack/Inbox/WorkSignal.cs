namespace Glancy.Bot.Slack.Inbox;

/// <summary>Wakes this replica's workers at once; the others find what is left by looking.</summary>
/// <remarks>
/// Who only takes changes is not woken by a read: it would find nothing, and the read would wait until somebody looks
/// of himself.
/// </remarks>
internal sealed class WorkSignal : IDisposable
{
    // Who has been woken goes on as long as it finds something, so more than a few wakings would only be looks in vain.
    private const int Most = 8;

    private readonly SemaphoreSlim changes = new(0);
    private readonly SemaphoreSlim reads = new(0);

    /// <summary>Says that something of this lane waits.</summary>
    public void Ring(SlackUrgency lane)
    {
        Ring(reads);
        if (lane == SlackUrgency.Change)
        {
            Ring(changes);
        }
    }

    /// <summary>
    /// Returns when something up to this lane has come since the last time, or after the given real time.
    /// </summary>
    public Task WaitAsync(SlackUrgency upTo, TimeSpan longest, CancellationToken cancellationToken) =>
        (upTo == SlackUrgency.Change ? changes : reads).WaitAsync(longest, cancellationToken);

    public void Dispose()
    {
        changes.Dispose();
        reads.Dispose();
    }

    private static void Ring(SemaphoreSlim waiting)
    {
        if (waiting.CurrentCount < Most)
        {
            waiting.Release();
        }
    }
}
