using System.Text.Json;
using System.Text.RegularExpressions;
using Glancy.Slack;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// What people say to the bot without a slash: a mention in a channel, or a message in their own conversation with it.
/// It is read as the same words behind <c>/glancy</c> are.
/// </summary>
internal static partial class SlackMentions
{
    private const string Direct = "im";

    /// <summary>Null for an event that speaks to nobody, or that a bot wrote.</summary>
    public static SlackLine? Line(SlackEvent seen) =>
        seen.Type switch
        {
            _ when seen.Event.TryGetProperty("bot_id", out _) => null,
            "app_mention" when seen.Event.Deserialize<AppMention>(SlackJson.Options) is { } mention => Of(
                mention.User,
                mention.Channel,
                mention.Text,
                mention.ThreadTs
            ),
            "message"
                when seen.Event.TryGetProperty("channel_type", out var kind)
                    && kind.GetString() == Direct
                    && seen.Event.Deserialize<MessagePosted>(SlackJson.Options)
                        is { Subtype: null, User: { } user, Text: { } text } said => Of(
                user,
                said.Channel,
                text,
                said.ThreadTs
            ),
            _ => null,
        };

    private static SlackLine Of(string user, string channel, string text, string? thread) =>
        new(
            user,
            channel,
            SlackLine.Bare(SlackText.Unescape(Mention().Replace(text, "")).Trim().TrimStart('/')),
            null,
            null,
            Pressed: false
        )
        {
            ThreadTs = thread,
        };

    // Whoever is called stands first; another person further on is one of the words.
    [GeneratedRegex(@"^\s*<@[A-Z0-9]+(\|[^>]*)?>[,:，：]?\s*")]
    private static partial Regex Mention();
}
