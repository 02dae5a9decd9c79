using Glancy.Bot.Slack.Charts;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Posts or changes the message of one notice, and writes down what came of it.</summary>
internal sealed partial class SlackSender(
    SlackPosts posts,
    SlackCharts charts,
    SlackMessages messages,
    SlackAddress address,
    SlackSetbacks setbacks,
    IKillPoints kill,
    ILogger<SlackSender> logger
)
{
    private const string Mark = "glancy_notice";
    private const string MarkKey = "key";

    /// <summary>What its message carries, so that it can be found.</summary>
    public static (string Event, string Key, string Value) MarkOf(SlackPost post)
    {
        return (Mark, MarkKey, post.Notice.Key);
    }

    /// <summary>Posts it, where nothing else has to be done first.</summary>
    /// <param name="thread">The message under which it stands; null for none.</param>
    /// <param name="doubled">It may have been posted once already.</param>
    public async Task PostAsync(
        ISlackApiClient client,
        SlackPost post,
        string? thread,
        bool doubled,
        CancellationToken cancellationToken
    )
    {
        if (await address.ChannelAsync(client, post, cancellationToken) is not { } channel)
        {
            return;
        }

        var message = await messages.OfAsync(post, doubled, cancellationToken);
        if (!await posts.BeginPostAsync(post, channel, cancellationToken))
        {
            return;
        }

        kill.Reach("slack-post-begun");
        var outgoing = new OutgoingMessage(
            channel,
            message.Shown.Text,
            message.Shown.Blocks,
            thread,
            Metadata(post),
            thread is not null && message.Broadcast ? true : null
        );
        switch (await client.Chat.PostMessage(outgoing, cancellationToken))
        {
            case SlackOk<PostedMessage> { Value: var posted } ok:
                kill.Reach("slack-posted");
                await ShownAsync(post, ok, posted.Channel, posted.Ts, cancellationToken);
                kill.Reach("slack-post-known");
                break;
            case SlackFailed<PostedMessage> { Error: var error }:
                await setbacks.NotAsync(post, error, forget: true, cancellationToken);
                break;
            case SlackUnknown<PostedMessage> { Reason: var reason }:
                LogDoubt(post.Notice.Key, reason);
                await setbacks.UnknownAsync(post, reason, cancellationToken);
                break;
        }
    }

    /// <summary>Changes the message that is there to what it is to show now.</summary>
    public async Task UpdateAsync(
        ISlackApiClient client,
        SlackPost post,
        string ts,
        CancellationToken cancellationToken
    )
    {
        var message = await messages.OfAsync(post, doubled: false, cancellationToken);
        kill.Reach("slack-update-begun");
        var update = new MessageUpdate(post.Channel, ts, message.Shown.Text, message.Shown.Blocks, Metadata(post));
        switch (await client.Chat.Update(update, cancellationToken))
        {
            case SlackOk<PostedMessage> ok:
                kill.Reach("slack-updated");
                await ShownAsync(post, ok, post.Channel, ts, cancellationToken);
                break;
            case SlackFailed<PostedMessage> { Error: var past } when SlackSetbacks.IsPast(past):
                await setbacks.PastAsync(post, past, ts, cancellationToken);
                break;
            case SlackFailed<PostedMessage> { Error: var error }:
                await setbacks.NotAsync(post, error, forget: false, cancellationToken);
                break;
            case SlackUnknown<PostedMessage> { Reason: var reason }:
                await setbacks.UnknownAsync(post, reason, cancellationToken);
                break;
        }
    }

    private async Task ShownAsync(
        SlackPost post,
        SlackOk<PostedMessage> shown,
        string channel,
        string ts,
        CancellationToken cancellationToken
    ) =>
        await posts.ShownAsync(
            await PicturedAsync(post, shown, cancellationToken),
            channel,
            ts,
            post.Notice.Revision,
            cancellationToken
        );

    // Where Slack does not show the picture, or not yet, its words stand there; it is shown later or never.
    private async Task<SlackPost> PicturedAsync(
        SlackPost post,
        SlackOk<PostedMessage> shown,
        CancellationToken cancellationToken
    )
    {
        if (
            post.Chart is not { } chart
            || !shown.InWords.OfType<ImageBlock>().Any(image => image.SlackFile?.Id == chart.File)
        )
        {
            return post;
        }

        LogNoPicture(post.Notice.Key);
        await charts.RefusedAsync(post.Notice.Key, chart.File, cancellationToken);
        return post with { Chart = null };
    }

    private static MessageMetadata Metadata(SlackPost post) => MessageMetadata.Of(Mark, (MarkKey, post.Notice.Key));

    [LoggerMessage(Level = LogLevel.Information, Message = "Slack does not show the picture of {Key} yet")]
    private partial void LogNoPicture(string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} is not in Slack yet: {Why}")]
    private partial void LogDoubt(string key, string why);
}
