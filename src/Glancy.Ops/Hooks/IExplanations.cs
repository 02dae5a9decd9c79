namespace Glancy.Ops.Hooks;

/// <summary>A change of our own that makes hooks red or silent.</summary>
/// <param name="Says">What stands by it: <c>flag=value</c>.</param>
/// <param name="Hooks">Those that it explains.</param>
/// <param name="EndedAt">Null while it stands.</param>
public sealed record Explanation(
    string Says,
    IReadOnlyList<string> Hooks,
    DateTimeOffset Since,
    DateTimeOffset? EndedAt
)
{
    /// <summary>
    /// Whether it makes the hook red or silent at an instant: while it stands, and afterwards for as long as the hook
    /// still looks back at it.
    /// </summary>
    public bool Explains(string hook, DateTimeOffset at, TimeSpan lookback) =>
        Hooks.Contains(hook) && Since <= at && (EndedAt is not { } ended || at < ended + lookback);
}

/// <summary>What of our own doing explains lights.</summary>
public interface IExplanations
{
    /// <summary>Changes that stood at some time after an instant, oldest first.</summary>
    Task<IReadOnlyList<Explanation>> SinceAsync(DateTimeOffset instant, CancellationToken cancellationToken);
}
