using Glancy.Bot.Slack.Charts;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Brings one notice to Slack: once, however often it is tried. Before a post is sent that is written down, and the post carries the notice's key;
/// whoever finds a post begun and not known looks for it before anything is posted anew. A change of a message may be repeated freely.
/// </summary>
internal sealed partial class SlackDispatch(
    SlackPosts posts, SlackCharts charts, SlackMessages messages, SlackSelf self, SlackSetbacks setbacks, ISlackApiClient slack, IKillPoints kill, IOptions<SlackDoorOptions> door, ILogger<SlackDispatch> logger)
{
    private const string Mark = "glancy_notice";
    private const string MarkKey = "key";
    private const int MostDoubts = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterDoubt = TimeSpan.FromSeconds(5);

    public async Task DispatchAsync(SlackPost post, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        if (post.Moot)
        {
            LogMoot(post.Notice.Key, post.Notice.Template);
            await posts.DropAsync(post, cancellationToken);
            return;
        }

        var client = slack.In(post.GoesFirst ? SlackLane.Alert : SlackLane.Card);
        var (thread, wait) = await ThreadAsync(post, cancellationToken);
        if (wait)
        {
            await posts.LaterAsync(post, Soon, null, post.Doubts, forget: false, cancellationToken);
        }
        else if (post.Ts is { } ts)
        {
            await UpdateAsync(client, post, ts, cancellationToken);
        }
        else if (post.BegunAfter is { } after)
        {
            await LookAsync(client, post, thread, after, cancellationToken);
        }
        else
        {
            await PostAsync(client, post, thread, doubled: false, cancellationToken);
        }
    }

    private async Task PostAsync(ISlackApiClient client, SlackPost post, string? thread, bool doubled, CancellationToken cancellationToken)
    {
        if (await ChannelAsync(client, post, cancellationToken) is not { } channel)
        {
            return;
        }

        var message = await messages.OfAsync(post, doubled, cancellationToken);
        if (!await posts.BeginPostAsync(post, channel, cancellationToken))
        {
            return;
        }

        kill.Reach("slack-post-begun");
        var outgoing = new OutgoingMessage(channel, message.Shown.Text, message.Shown.Blocks, thread, MessageMetadata.Of(Mark, (MarkKey, post.Notice.Key)), thread is not null && message.Broadcast ? true : null);
        switch (await client.Chat.PostMessage(outgoing, cancellationToken))
        {
            case SlackOk<PostedMessage> { Value: var posted } ok:
                kill.Reach("slack-posted");
                await posts.ShownAsync(await PicturedAsync(post, ok, cancellationToken), posted.Channel, posted.Ts, post.Notice.Revision, cancellationToken);
                kill.Reach("slack-post-known");
                break;
            case SlackFailed<PostedMessage> { Error: var error }:
                await setbacks.NotAsync(post, error, forget: true, cancellationToken);
                break;
            case SlackUnknown<PostedMessage> { Reason: var reason }:
                LogDoubt(post.Notice.Key, reason);
                await posts.LaterAsync(post, AfterDoubt, reason, post.Doubts, forget: false, cancellationToken);
                break;
        }
    }

    // The environment's channel, or the conversation with the one person it is for: Slack names that one, and the same one each time.
    // Null when it goes nowhere now, which has been written down.
    private async Task<string?> ChannelAsync(ISlackApiClient client, SlackPost post, CancellationToken cancellationToken)
    {
        if (post.Notice.Kind != "direct")
        {
            return door.Value.Channel;
        }

        if (messages.For(post.Notice)?.Slack is not { Length: > 0 } user)
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
                await posts.LaterAsync(post, AfterDoubt, null, post.Doubts, forget: false, cancellationToken);
                return null;
        }
    }

    private async Task UpdateAsync(ISlackApiClient client, SlackPost post, string ts, CancellationToken cancellationToken)
    {
        var message = await messages.OfAsync(post, doubled: false, cancellationToken);
        kill.Reach("slack-update-begun");
        switch (await client.Chat.Update(new MessageUpdate(post.Channel, ts, message.Shown.Text, message.Shown.Blocks, MessageMetadata.Of(Mark, (MarkKey, post.Notice.Key))), cancellationToken))
        {
            case SlackOk<PostedMessage> ok:
                kill.Reach("slack-updated");
                await posts.ShownAsync(await PicturedAsync(post, ok, cancellationToken), post.Channel, ts, post.Notice.Revision, cancellationToken);
                break;
            case SlackFailed<PostedMessage> { Error: { Code: "message_not_found" or "cant_update_message" or "edit_window_closed" } past }:
                // Somebody took it away, or it can no longer be changed. It is posted anew, since people wait for it, and says what it goes on with.
                LogRefused(post.Notice.Key, past.Code, string.Join("; ", past.Details));
                await posts.LaterAsync(post, Soon, past.Code, post.Doubts, forget: true, cancellationToken, continues: ts);
                break;
            case SlackFailed<PostedMessage> { Error: var error }:
                await setbacks.NotAsync(post, error, forget: false, cancellationToken);
                break;
            case SlackUnknown<PostedMessage> { Reason: var reason }:
                await posts.LaterAsync(post, AfterDoubt, reason, post.Doubts, forget: false, cancellationToken);
                break;
        }
    }

    // A post was sent once and nobody knows whether it arrived.
    private async Task LookAsync(ISlackApiClient client, SlackPost post, string? thread, string after, CancellationToken cancellationToken)
    {
        var found = await client.Conversations.FindAsync(post.Channel, thread, (Mark, MarkKey, post.Notice.Key), after, await self.BotIdAsync(cancellationToken), cancellationToken);
        switch (found)
        {
            case SlackOk<LostPost> { Value.Found: { } posted }:
                kill.Reach("slack-post-found");
                // Which revision it shows is not known, so it is changed to the newest next.
                await posts.ShownAsync(post, posted.Channel, posted.Ts, post.Notice.IsRevised ? 0 : post.Notice.Revision, cancellationToken);
                break;
            case SlackOk<LostPost> { Value.Complete: true }:
                await PostAsync(client, post, thread, doubled: false, cancellationToken);
                break;
            default:
                if (post.Doubts + 1 >= MostDoubts && post.Notice.IsUrgent)
                {
                    // Better twice than never, and it says so; a question waits until it is certain.
                    await PostAsync(client, post, thread, doubled: true, cancellationToken);
                }
                else
                {
                    await posts.LaterAsync(post, AfterDoubt, "not known whether it was posted", post.Doubts + 1, forget: false, cancellationToken);
                }

                break;
        }
    }

    private async Task<(string? Thread, bool Wait)> ThreadAsync(SlackPost post, CancellationToken cancellationToken)
    {
        if (post.Ts is not null || await messages.UnderAsync(post.Notice, cancellationToken) is not { } key || await posts.PlaceAsync(key, cancellationToken) is not { } place)
        {
            return (null, false);
        }

        // The card is about to be posted; where Slack refuses it, the words go without it.
        return (place.Ts, place is { Ts: null, Trouble: null });
    }

    // Where Slack does not show the picture, or not yet, its words stand there; it is shown later or never.
    private async Task<SlackPost> PicturedAsync(SlackPost post, SlackOk<PostedMessage> shown, CancellationToken cancellationToken)
    {
        if (post.Chart is not { } chart || !shown.InWords.OfType<ImageBlock>().Any(image => image.SlackFile?.Id == chart.File))
        {
            return post;
        }

        LogNoPicture(post.Notice.Key);
        await charts.RefusedAsync(post.Notice.Key, chart.File, cancellationToken);
        return post with { Chart = null };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} ({Template}) is not brought to Slack: what it asks for is done or past")]
    private partial void LogMoot(string key, string template);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} is for nobody who is in Slack")]
    private partial void LogNobody(string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "Slack does not show the picture of {Key} yet")]
    private partial void LogNoPicture(string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} is not in Slack yet: {Why}")]
    private partial void LogDoubt(string key, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses {Key}: {Code} {Details}")]
    private partial void LogRefused(string key, string code, string details);
}
