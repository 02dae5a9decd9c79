using System.Collections.Concurrent;
using System.Globalization;
using Glancy.Slack;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>What Slack says of somebody.</summary>
/// <param name="Culture">The language of that person's Slack; null when Slack does not say.</param>
/// <param name="Stranger">A guest, or of another organisation; false also while Slack cannot be asked, since people.yaml names who is served.</param>
public sealed record SlackReader(CultureInfo? Culture, bool Stranger);

/// <summary>Asks Slack who somebody is, and keeps the answer for a while.</summary>
public sealed class SlackReaders(ISlackApiClient slack, IOptions<SlackOptions> options)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly SlackReader Unasked = new(null, Stranger: false);
    private readonly ConcurrentDictionary<string, (SlackReader Reader, long At)> known = new(StringComparer.Ordinal);

    public async Task<SlackReader> GetAsync(string userId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(userId, out var kept) && TimeProvider.System.GetElapsedTime(kept.At) < Kept)
        {
            return kept.Reader;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        SlackUser? user = null;
        try
        {
            user = (await slack.In(SlackLane.Confirmation).Users.Info(userId, patience.Token)).OrDefault();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Then without it: an answer in the wrong language is better than none.
        }

        if (user is null)
        {
            return kept.Reader ?? Unasked;
        }

        var reader = new SlackReader(Culture(user.Locale), !user.IsMemberOf(options.Value.TeamId));
        known[userId] = (reader, TimeProvider.System.GetTimestamp());
        return reader;
    }

    private static CultureInfo? Culture(string? locale) => locale switch
    {
        null => null,
        _ when locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Commands.Words.Phrasebooks.Chinese,
        _ => Commands.Words.Phrasebooks.English,
    };
}
