using Glancy.Ops.Handovers;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// A message that somebody marks with the follow-up's reaction becomes a follow-up of the shift (C5, §3.1). The same
/// message makes one, so taking the mark again after a replica died at it changes nothing.
/// </summary>
internal sealed partial class SlackMarks(
    FollowUpDesk followUps,
    MessageShortcuts pointed,
    SlackOwn own,
    ISlackApiClient slack,
    SlackPeople people,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackMarks> logger
)
{
    private const int Patient = 3;

    /// <param name="attempt">1 for the first: while Slack cannot be asked for the message's words, the first ones wait
    /// for it.</param>
    /// <exception cref="HttpRequestException">Slack could not be asked; it is to be tried again.</exception>
    public async Task TakeAsync(SlackEvent seen, int attempt, CancellationToken cancellationToken)
    {
        if (
            MessageShortcuts.Mark(seen) is not { Item: { Channel: { } channel, Ts: { } ts } } mark
            || mark.Reaction != door.Value.FollowUpReaction
        )
        {
            return;
        }

        if (people.Find(mark.User) is not { } person)
        {
            LogStranger(mark.User);
            return;
        }

        // A follow-up's own post is no new one.
        if (await own.FollowUpAsync(channel, ts, cancellationToken) is { } known)
        {
            LogKnown(mark.User, known);
            return;
        }

        var client = slack.In(SlackLane.Confirmation);
        var found = await MessageShortcuts.FindAsync(client, channel, ts, cancellationToken);
        var link = (await client.Chat.GetPermalink(channel, ts, cancellationToken)).OrDefault();
        if (found is null && attempt < Patient)
        {
            throw new HttpRequestException("Slack did not give the words of a marked message.");
        }

        await followUps.AddAsync(
            person,
            pointed.Words(found?.Text ?? ""),
            link?.AbsoluteUri,
            $"{channel}/{ts}",
            cancellationToken
        );
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{User} marked the post of {FollowUp}, which is one already"
    )]
    private partial void LogKnown(string user, string followUp);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} marked a message and is nobody in people.yaml")]
    private partial void LogStranger(string user);
}
