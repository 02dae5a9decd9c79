using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack.Api;

/// <summary>
/// Remembers which kinds of block this workspace does not know, so that the next message need not be refused to learn
/// it again.
/// </summary>
public interface IRefusedKinds
{
    /// <summary>
    /// Those refused within the last day, by Slack's names. Never an exception: who cannot remember says none.
    /// </summary>
    ValueTask<IReadOnlySet<string>> KnownAsync(CancellationToken cancellationToken);

    /// <summary>Such a kind was refused, and its words were taken. True when that is news.</summary>
    ValueTask<bool> RememberAsync(string kind, CancellationToken cancellationToken);
}

/// <summary>For hosts without a memory of their own: forgotten with the process.</summary>
internal sealed class RefusedKinds([FromKeyedServices(SlackServices.WireClock)] TimeProvider clock) : IRefusedKinds
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> until = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlySet<string>> KnownAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlySet<string>>(
            until.Where(k => k.Value > clock.GetUtcNow()).Select(k => k.Key).ToHashSet(StringComparer.Ordinal)
        );

    public ValueTask<bool> RememberAsync(string kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var news = !until.TryGetValue(kind, out var before) || before <= now;
        until[kind] = now + Kept;
        return ValueTask.FromResult(news);
    }
}
