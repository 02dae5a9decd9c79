using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Brings one notice to Slack: once, however often it is tried. Before a post is sent that is written down, and the
/// post carries the notice's key; whoever finds a post begun and not known looks for it before anything is posted anew.
/// A change of a message may be repeated freely.
/// </summary>
internal sealed partial class SlackDispatch(
    SlackPosts posts,
    SlackAddress address,
    SlackSender sender,
    SlackSelf self,
    ISlackApiClient slack,
    IKillPoints kill,
    ILogger<SlackDispatch> logger
)
{
    private const int MostDoubts = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterDoubt = TimeSpan.FromSeconds(5);

    public async Task DispatchAsync(SlackPost post, CancellationToken cancellationToken)
    {
        if (post.Moot)
        {
            LogMoot(post.Notice.Key, post.Notice.Template);
            await posts.DropAsync(post, cancellationToken);
            return;
        }

        var client = slack.In(post.GoesFirst ? SlackLane.Alert : SlackLane.Card);
        var (thread, wait) = await address.ThreadAsync(post, cancellationToken);
        if (wait)
        {
            await posts.LaterAsync(post, Soon, null, post.Doubts, forget: false, cancellationToken);
        }
        else if (post.Ts is { } ts)
        {
            await sender.UpdateAsync(client, post, ts, cancellationToken);
        }
        else if (post.BegunAfter is { } after)
        {
            await LookAsync(client, post, thread, after, cancellationToken);
        }
        else
        {
            await sender.PostAsync(client, post, thread, doubled: false, cancellationToken);
        }
    }

    // A post was sent once and nobody knows whether it arrived.
    private async Task LookAsync(
        ISlackApiClient client,
        SlackPost post,
        string? thread,
        string after,
        CancellationToken cancellationToken
    )
    {
        var found = await client.Conversations.FindAsync(
            post.Channel,
            thread,
            SlackSender.MarkOf(post),
            after,
            await self.BotIdAsync(cancellationToken),
            cancellationToken
        );
        switch (found)
        {
            case SlackOk<LostPost> { Value.Found: { } posted }:
                kill.Reach("slack-post-found");
                // Which revision it shows is not known, so it is changed to the newest next.
                await posts.ShownAsync(
                    post,
                    posted.Channel,
                    posted.Ts,
                    post.Notice.IsRevised ? 0 : post.Notice.Revision,
                    cancellationToken
                );
                break;
            case SlackOk<LostPost> { Value.Complete: true }:
                await sender.PostAsync(client, post, thread, doubled: false, cancellationToken);
                break;
            default:
                if (post.Doubts + 1 >= MostDoubts && post.Notice.IsUrgent)
                {
                    // Better twice than never, and it says so; a question waits until it is certain.
                    await sender.PostAsync(client, post, thread, doubled: true, cancellationToken);
                }
                else
                {
                    await posts.LaterAsync(
                        post,
                        AfterDoubt,
                        "not known whether it was posted",
                        post.Doubts + 1,
                        forget: false,
                        cancellationToken
                    );
                }

                break;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Key} ({Template}) is not brought to Slack: what it asks for is done or past"
    )]
    private partial void LogMoot(string key, string template);
}
