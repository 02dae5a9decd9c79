using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Output;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Where a notice goes: the environment's channel or one person's conversation, and under which message.
/// </summary>
internal sealed partial class SlackAddress(
    SlackPosts posts,
    SlackSetbacks setbacks,
    RunStore runs,
    SlackPeople people,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackAddress> logger
)
{
    /// <summary>
    /// The environment's channel, or the conversation with the one person it is for: Slack names that one, and the same
    /// one each time. Null when it goes nowhere now, which has been written down.
    /// </summary>
    public async Task<string?> ChannelAsync(ISlackApiClient client, SlackPost post, CancellationToken cancellationToken)
    {
        if (post.Notice.Kind != "direct")
        {
            return door.Value.Channel;
        }

        if (people.For(post.Notice)?.Slack is not { Length: > 0 } user)
        {
            LogNobody(post.Notice.Key);
            await posts.SkipAsync(post, cancellationToken);
            return null;
        }

        switch (await client.Conversations.Open([user], cancellationToken))
        {
            case SlackOk<SlackChannel> { Value: var channel }:
                return channel.Id;
            case SlackFailed<SlackChannel> { Error: var error }:
                await setbacks.NotAsync(post, error, forget: false, cancellationToken);
                return null;
            default:
                await setbacks.UnknownAsync(post, null, cancellationToken);
                return null;
        }
    }

    /// <summary>
    /// The message in whose thread it is posted; null for none. It waits while that one is not there yet.
    /// </summary>
    public async Task<(string? Thread, bool Wait)> ThreadAsync(SlackPost post, CancellationToken cancellationToken)
    {
        if (
            post.Ts is not null
            || await UnderAsync(post.Notice, cancellationToken) is not { } key
            || await posts.PlaceAsync(key, cancellationToken) is not { } place
        )
        {
            return (null, false);
        }

        // The card is about to be posted; where Slack refuses it, the words go without it.
        return (place.Ts, place is { Ts: null, Trouble: null });
    }

    // Key of the notice in whose thread another belongs; null for the channel itself. A page stands there always: a
    // thread wakes nobody.
    private async Task<string?> UnderAsync(Notice notice, CancellationToken cancellationToken) =>
        notice.IsUrgent ? null
        : notice.Under is { } under ? under
        : notice is { Kind: "post" or RunOutputs.Kind, RunId: { } id }
        && await runs.GetAsync(id, cancellationToken) is { } run
            ? RunNotices.CardKey(run)
        : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} is for nobody who is in Slack")]
    private partial void LogNobody(string key);
}
