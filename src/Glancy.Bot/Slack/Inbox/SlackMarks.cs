using System.Globalization;
using System.Text.Json;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Runbook;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Handling;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// A message that somebody marks with the follow-up's reaction becomes a follow-up of the shift (C5, §3.1). The same message makes one, so
/// taking the mark again after a replica died at it changes nothing.
/// </summary>
internal sealed partial class SlackMarks(
    FollowUpDesk followUps, ISlackApiClient slack, RunbookHolder runbook, Phrasebooks phrasebooks, IOptions<SlackDoorOptions> door, ILogger<SlackMarks> logger)
{
    private const int Patient = 3;
    private const int Longest = 400;

    /// <param name="attempt">1 for the first: while Slack cannot be asked for the message's words, the first ones wait for it.</param>
    /// <exception cref="HttpRequestException">Slack could not be asked; it is to be tried again.</exception>
    public async Task TakeAsync(SlackEvent seen, int attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Type != ReactionAdded.EventType || seen.Event.Deserialize<ReactionAdded>(SlackJson.Options) is not { Item: { Type: "message", Channel: { } channel, Ts: { } ts } } mark
            || mark.Reaction != door.Value.FollowUpReaction)
        {
            return;
        }

        if (runbook.Current.People.Values.FirstOrDefault(p => p.Slack == mark.User) is not { } person)
        {
            LogStranger(mark.User);
            return;
        }

        var client = slack.In(SlackLane.Confirmation);
        var words = await WordsAsync(client, channel, ts, cancellationToken);
        var link = (await client.Chat.GetPermalink(channel, ts, cancellationToken)).OrDefault();
        if (words is null && attempt < Patient)
        {
            throw new HttpRequestException("Slack did not give the words of a marked message.");
        }

        await followUps.AddAsync(person, words ?? phrasebooks.In(CultureInfo.GetCultureInfo(door.Value.Language)).Plain("handover.marked"), link?.AbsoluteUri, $"{channel}/{ts}", cancellationToken);
    }

    // An answer in a thread is not in the channel's history.
    private static async Task<string?> WordsAsync(ISlackApiClient client, string channel, string ts, CancellationToken cancellationToken)
    {
        var only = new MessageRange(ts, ts, Limit: 1);
        var found = (await client.Conversations.History(channel, only, cancellationToken)).OrDefault()?.Messages.FirstOrDefault(m => m.Ts == ts)
            ?? (await client.Conversations.Replies(channel, ts, only, cancellationToken)).OrDefault()?.Messages.FirstOrDefault(m => m.Ts == ts);
        return found?.Text is { Length: > 0 } text ? text.Length > Longest ? text[..Longest] + "…" : text : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} marked a message and is nobody in people.yaml")]
    private partial void LogStranger(string user);
}
