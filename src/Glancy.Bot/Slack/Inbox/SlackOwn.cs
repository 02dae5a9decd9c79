using Glancy.Bot.Slack.Outbox;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// What a message of the bot's own speaks of, so that pointing at it makes no second one of what it is already.
/// </summary>
internal sealed class SlackOwn(SlackPosts posts)
{
    private const string FollowUp = "follow-up:";
    private const string Incident = "incident:";

    /// <summary><c>F-2</c> for the post of a follow-up, or of its end; null for any other message.</summary>
    public async Task<string?> FollowUpAsync(string? channel, string ts, CancellationToken cancellationToken) =>
        await NumberAsync(FollowUp, channel, ts, cancellationToken) is { } number ? "F-" + number : null;

    /// <summary>
    /// The incident whose card or post it is, which stands in the timeline already; null for any other message.
    /// </summary>
    public Task<string?> IncidentAsync(string? channel, string ts, CancellationToken cancellationToken) =>
        NumberAsync(Incident, channel, ts, cancellationToken);

    private async Task<string?> NumberAsync(
        string prefix,
        string? channel,
        string ts,
        CancellationToken cancellationToken
    ) =>
        channel is not null
        && await posts.KeyAsync(channel, ts, cancellationToken) is { } key
        && key.StartsWith(prefix, StringComparison.Ordinal)
            ? key[prefix.Length..].Split(':')[0]
            : null;
}
