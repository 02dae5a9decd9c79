using System.Data.Common;
using System.Globalization;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Output;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>A notice as it is to stand in Slack.</summary>
/// <param name="Broadcast">In a thread, and in the channel as well.</param>
internal sealed record SlackMessage(SlackShown Shown, bool Broadcast);

/// <summary>Reads what a notice speaks of, and puts it into the channel's language, or that of the one person it is for.</summary>
internal sealed partial class SlackMessages(
    NoticeCards cards,
    SlackPosts posts,
    ISlackApiClient slack,
    RunStore runs,
    RunFollower follower,
    DutyRoster roster,
    RunbookHolder runbook,
    Revealing revealing,
    Phrasebooks phrasebooks,
    IOptions<SlackDoorOptions> door,
    TimeProvider clock,
    ILogger<SlackMessages> logger)
{
    private static readonly HashSet<string> Nothing = [];

    /// <param name="doubled">It may have been posted once already.</param>
    public async Task<SlackMessage> OfAsync(SlackPost post, bool doubled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        var names = new Names(phrasebooks.In(CultureInfo.GetCultureInfo(For(post.Notice)?.Language ?? door.Value.Language)), runbook.Current);
        try
        {
            var message = await DrawAsync(post, names, doubled, cancellationToken);
            return post.Continues is { } older
                ? message with { Shown = SlackNotice.Continued(message.Shown, (await slack.In(SlackLane.Confirmation).Chat.GetPermalink(post.Channel, older, cancellationToken)).OrDefault(), names.Words) }
                : message;
        }
        // One that cannot be drawn would be tried for ever, and nobody would learn that there is something. What is wrong with it is a fault of ours.
        catch (Exception fault) when (fault is not (OperationCanceledException or DbException))
        {
            LogUndrawable(fault, post.Notice.Key);
            return new SlackMessage(SlackPage.Sentence(new Page(names.Words.Say("slack.undrawable", post.Notice.Key), []), names.Words), Broadcast: false);
        }
    }

    private async Task<SlackMessage> DrawAsync(SlackPost post, Names names, bool doubled, CancellationToken cancellationToken)
    {
        var notice = post.Notice;

        // The channel is no place for personal data, whoever may see it elsewhere.
        var mask = new PageMask(revealing.Masker(), Nothing);
        var run = notice.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        if (notice.Kind == "card" && run is not null)
        {
            var card = SlackNotice.Card(run, await follower.ConfirmersAsync(run, names, cancellationToken), names, mask, await follower.BesideAsync(run, cancellationToken));
            return new SlackMessage(SlackChart.Under(card, post.Chart, names, mask), Broadcast: false);
        }

        if (await cards.ShowAsync(notice, names, cancellationToken) is { } other)
        {
            return new SlackMessage(SlackNotice.Card(other, await BeforeAsync(other, cancellationToken), names, mask), Broadcast: false);
        }

        var wake = notice.Kind == "page" ? await WakeAsync(notice.Arguments.GetValueOrDefault("to", ""), cancellationToken) : [];
        return new SlackMessage(SlackNotice.Words(notice, run, wake, doubled, names, mask), SlackNotice.IsBroadcast(notice));
    }

    /// <summary>The one person a notice is for; null for the channel, and for somebody who is gone.</summary>
    public Person? For(Notice notice) => notice.Kind == "direct" ? runbook.Current.People.GetValueOrDefault(notice.Arguments.GetValueOrDefault("to", "")) : null;

    /// <summary>Key of the notice in whose thread another belongs; null for the channel itself. A page stands there always: a thread wakes nobody.</summary>
    public async Task<string?> UnderAsync(Notice notice, CancellationToken cancellationToken) =>
        notice.IsUrgent ? null
        : notice.Under is { } under ? under
        : notice is { Kind: "post" or RunOutputs.Kind, RunId: { } id } && await runs.GetAsync(id, cancellationToken) is { } run ? RunNotices.CardKey(run) : null;

    // Without it where Slack does not say: a card is not held up by a link.
    private async Task<Uri?> BeforeAsync(NoticeCard card, CancellationToken cancellationToken) =>
        card.Before is { } key && await posts.PlaceAsync(key, cancellationToken) is { Ts: { } ts }
            ? (await slack.In(SlackLane.Confirmation).Chat.GetPermalink(door.Value.Channel, ts, cancellationToken)).OrDefault()
            : null;

    // Whom the page names; otherwise who is on call.
    private async Task<IReadOnlyList<Person>> WakeAsync(string to, CancellationToken cancellationToken)
    {
        var named = to.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => runbook.Current.People.GetValueOrDefault(id)).OfType<Person>().ToList();
        return named.Count > 0 ? named : (await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken)).FirstCalled;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} could not be drawn; its place says so")]
    private partial void LogUndrawable(Exception fault, string key);
}
