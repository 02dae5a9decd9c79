using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Addresses of messages of ours that others speak of. None where Slack does not say: nothing is held up by a link.
/// </summary>
internal sealed class MessageLinks(SlackPosts posts, ISlackApiClient slack, IOptions<SlackDoorOptions> door)
{
    /// <summary>The address of the message that shows a notice, in the environment's channel.</summary>
    public async Task<Uri?> OfNoticeAsync(string key, CancellationToken cancellationToken) =>
        await posts.PlaceAsync(key, cancellationToken) is { Ts: { } ts }
            ? await OfAsync(door.Value.Channel, ts, cancellationToken)
            : null;

    public async Task<Uri?> OfAsync(string channel, string ts, CancellationToken cancellationToken) =>
        (await slack.In(SlackLane.Confirmation).Chat.GetPermalink(channel, ts, cancellationToken)).OrDefault();
}
