namespace Glancy.Bot.Slack.Inbox;

/// <summary>Wakes this replica's worker at once; the others find what is left by looking.</summary>
internal sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim rung = new(0);

    public void Ring() => rung.Release();

    /// <summary>Returns when it has rung, or after the given real time.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        rung.WaitAsync(longest, cancellationToken);

    public void Dispose() => rung.Dispose();
}
