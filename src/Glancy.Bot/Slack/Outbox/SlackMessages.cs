using System.Data.Common;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>A notice as it is to stand in Slack.</summary>
/// <param name="Broadcast">In a thread, and in the channel as well.</param>
internal sealed record SlackMessage(SlackShown Shown, bool Broadcast);

/// <summary>
/// Reads what a notice speaks of, and puts it into the channel's language, or that of the one person it is for.
/// </summary>
internal sealed partial class SlackMessages(
    NoticeCards cards,
    RunStore runs,
    RunFollower follower,
    MessageLinks links,
    PagedPeople paged,
    SlackPeople people,
    Revealing revealing,
    ILogger<SlackMessages> logger
)
{
    private static readonly HashSet<string> Nothing = [];

    /// <param name="doubled">It may have been posted once already.</param>
    public async Task<SlackMessage> OfAsync(SlackPost post, bool doubled, CancellationToken cancellationToken)
    {
        var names = people.Names(people.For(post.Notice) is { } person ? people.Words(person) : people.ChannelWords);
        try
        {
            var message = await DrawAsync(post, names, doubled, cancellationToken);
            return post.Continues is { } older
                ? message with
                {
                    Shown = SlackNotice.Continued(
                        message.Shown,
                        await links.OfAsync(post.Channel, older, cancellationToken),
                        names.Words
                    ),
                }
                : message;
        }
        // One that cannot be drawn would be tried for ever, and nobody would learn that there is something. What is
        // wrong with it is a fault of ours.
        catch (Exception fault) when (fault is not (OperationCanceledException or DbException))
        {
            LogUndrawable(fault, post.Notice.Key);
            return new SlackMessage(
                SlackPage.Sentence(new Page(names.Words.Say("slack.undrawable", post.Notice.Key), []), names.Words),
                Broadcast: false
            );
        }
    }

    private async Task<SlackMessage> DrawAsync(
        SlackPost post,
        Names names,
        bool doubled,
        CancellationToken cancellationToken
    )
    {
        var notice = post.Notice;

        // The channel is no place for personal data, whoever may see it elsewhere.
        var mask = new PageMask(revealing.Masker(), Nothing);
        var run = notice.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        if (notice.Kind == "card" && run is not null)
        {
            var card = SlackNotice.Card(
                run,
                await follower.ConfirmersAsync(run, names, cancellationToken),
                names,
                mask,
                await follower.BesideAsync(run, cancellationToken)
            );
            return new SlackMessage(SlackChart.Under(card, post.Chart, names, mask), Broadcast: false);
        }

        if (await cards.ShowAsync(notice, names, cancellationToken) is { } other)
        {
            var before = other.Before is { } key ? await links.OfNoticeAsync(key, cancellationToken) : null;
            return new SlackMessage(SlackNotice.Card(other, before, names, mask), Broadcast: false);
        }

        var wake = await paged.OfAsync(notice, cancellationToken);
        return new SlackMessage(
            SlackNotice.Words(notice, run, wake, doubled, names, mask),
            SlackNotice.IsBroadcast(notice)
        );
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} could not be drawn; its place says so")]
    private partial void LogUndrawable(Exception fault, string key);
}
