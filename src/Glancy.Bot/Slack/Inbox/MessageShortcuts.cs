using System.Text.Json;
using Glancy.Bot.Commands.Slack;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// What somebody says by pointing at a message, with a shortcut or a reaction: the command, with the message's words
/// and its link.
/// </summary>
internal sealed class MessageShortcuts(
    ISlackApiClient slack,
    SlackOwn own,
    SlackPeople people,
    IOptions<SlackDoorOptions> door
)
{
    private const int Patient = 3;
    private const int Longest = 400;

    /// <summary>The line; null when nothing is pointed at.</summary>
    /// <param name="attempt">1 for the first: while Slack cannot be asked for a marked message's words, the first ones
    /// wait for it.</param>
    /// <exception cref="HttpRequestException">Slack could not be asked; it is to be tried again.</exception>
    public async Task<SlackLine?> LineAsync(SlackRequest request, int attempt, CancellationToken cancellationToken)
    {
        switch (request)
        {
            // The bot's own words: what they speak of is there already, and is shown.
            case MessageShortcut { CallbackId: SlackShortcutNames.HandoverAdd, UserId: { } user } shortcut
                when await own.FollowUpAsync(shortcut.ChannelId, shortcut.MessageTs, cancellationToken) is not null:
                return Said(user, shortcut, ["handover", "show"]);
            case MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin, UserId: { } user } shortcut
                when await own.IncidentAsync(shortcut.ChannelId, shortcut.MessageTs, cancellationToken) is { } incident:
                return Said(user, shortcut, ["incident", "show", incident]);
            case SlackEvent seen
                when Mark(seen) is { Item: { Channel: { } channel, Ts: { } ts } } mark
                    && mark.Reaction == door.Value.PinReaction
                    && await own.IncidentAsync(channel, ts, cancellationToken) is not null:
                return null;
            case MessageShortcut { CallbackId: SlackShortcutNames.HandoverAdd, UserId: { } user } shortcut:
                return Said(
                    user,
                    shortcut,
                    [
                        "handover",
                        "add",
                        Words(shortcut.MessageText),
                        "--link=" + await LinkAsync(shortcut.ChannelId, shortcut.MessageTs, cancellationToken),
                    ]
                );
            case MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin, UserId: { } user } shortcut:
                return Said(
                    user,
                    shortcut,
                    await PinAsync(
                        Words(shortcut.MessageText),
                        shortcut.MessageUserId,
                        shortcut.ChannelId,
                        shortcut.MessageTs,
                        cancellationToken
                    )
                );
            case MessageShortcut { CallbackId: SlackShortcutNames.IncidentOpen, UserId: { } user } shortcut:
                // Only where the form could not be opened: the answer says what to type.
                return Said(user, shortcut, ["incident", "open"]);
            case SlackEvent seen
                when Mark(seen) is { Item: { Channel: { } channel, Ts: { } ts } } mark
                    && mark.Reaction == door.Value.PinReaction:
                var found = await FindAsync(slack.In(SlackLane.Confirmation), channel, ts, cancellationToken);
                return found is null && attempt < Patient
                    ? throw new HttpRequestException("Slack did not give the words of a marked message.")
                    : new SlackLine(
                        mark.User,
                        channel,
                        "",
                        await PinAsync(Words(found?.Text ?? ""), found?.User, channel, ts, cancellationToken),
                        null,
                        Pressed: true
                    )
                    {
                        Anywhere = true,
                        Quiet = true,
                    };
            default:
                return null;
        }
    }

    /// <summary>The form's command that pins a message to an incident to be chosen, and the message's words.</summary>
    public async Task<AskedForm> AskedAsync(MessageShortcut shortcut, CancellationToken cancellationToken)
    {
        var rest = (
            await PinAsync("", shortcut.MessageUserId, shortcut.ChannelId, shortcut.MessageTs, cancellationToken)
        ).Skip(3);
        return new AskedForm(
            "glancy incident pin --incident ... " + string.Join(' ', rest),
            shortcut.ChannelId,
            shortcut.ResponseUrl,
            Words(shortcut.MessageText),
            Anywhere: true
        );
    }

    /// <summary>A reaction on a message; null for every other event.</summary>
    public static ReactionAdded? Mark(SlackEvent seen)
    {
        return
            seen.Type == ReactionAdded.EventType
            && seen.Event.Deserialize<ReactionAdded>(SlackJson.Options) is { Item.Type: "message" } mark
            ? mark
            : null;
    }

    /// <summary>
    /// A message by its place; null when Slack does not give it. An answer in a thread is not in the channel's history.
    /// </summary>
    public static async Task<ChannelMessage?> FindAsync(
        ISlackApiClient client,
        string channel,
        string ts,
        CancellationToken cancellationToken
    )
    {
        var only = new MessageRange(ts, ts, Limit: 1);
        return (await client.Conversations.History(channel, only, cancellationToken))
                .OrDefault()
                ?.Messages.FirstOrDefault(m => m.Ts == ts)
            ?? (await client.Conversations.Replies(channel, ts, only, cancellationToken))
                .OrDefault()
                ?.Messages.FirstOrDefault(m => m.Ts == ts);
    }

    /// <summary>
    /// A message's words as one value, at most 400 code points; a stand-in for a message without any.
    /// </summary>
    public string Words(string text) =>
        CommandForm.Plain(SlackText.Unescape(text ?? "")) is { Length: > 0 } said
            ? SlackText.Cut(said, Longest)
            : people.ChannelWords.Plain("handover.marked");

    private async Task<IReadOnlyList<string>> PinAsync(
        string words,
        string? author,
        string channel,
        string ts,
        CancellationToken cancellationToken
    )
    {
        var line = new List<string>
        {
            "incident",
            "pin",
            words,
            "--link=" + await LinkAsync(channel, ts, cancellationToken),
        };
        if (people.Find(author) is { } person)
        {
            line.Add("--said-by=" + person.Id);
        }

        return line;
    }

    // Without Slack's own the address that leads there from everywhere; both name the same message.
    private async Task<string> LinkAsync(string channel, string ts, CancellationToken cancellationToken) =>
        (await slack.In(SlackLane.Confirmation).Chat.GetPermalink(channel, ts, cancellationToken))
            .OrDefault()
            ?.AbsoluteUri
        ?? $"https://slack.com/archives/{channel}/p{ts.Replace(".", "", StringComparison.Ordinal)}";

    private static SlackLine Said(string user, MessageShortcut shortcut, IReadOnlyList<string> argv) =>
        new(user, shortcut.ChannelId, "", argv, shortcut.ResponseUrl, Pressed: true) { Anywhere = true };
}
