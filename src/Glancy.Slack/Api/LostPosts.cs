namespace Glancy.Slack.Api;

/// <summary>What a look for a lost post found.</summary>
/// <param name="Found">Null when it is not among the messages looked at.</param>
/// <param name="Complete">All messages of the range were looked at; without it, not found proves nothing.</param>
public sealed record LostPost(PostedMessage? Found, bool Complete);

/// <summary>Looks for a post whose answer was lost, by the id in its metadata.</summary>
public static class LostPosts
{
    private const int MostPages = 10;

    /// <param name="threadTs">The thread it was posted in; null for the channel itself.</param>
    /// <param name="oldest">A time a little before the first attempt, as Slack writes it.</param>
    /// <param name="from">Only messages of this bot count (<see cref="SlackIdentity.BotId"/>); null when any
    /// may.</param>
    public static async Task<SlackResult<LostPost>> FindAsync(
        this IConversationsApi conversations,
        string channel,
        string? threadTs,
        (string EventType, string Name, string Value) mark,
        string oldest,
        string? from,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var range = new MessageRange(oldest, Limit: 200);
        for (var page = 0; page < MostPages; page++)
        {
            var result = threadTs is null
                ? await conversations.History(channel, range, cancellationToken)
                : await conversations.Replies(channel, threadTs, range, cancellationToken);
            switch (result)
            {
                case SlackFailed<MessagePage> failed:
                    return new SlackFailed<LostPost>(failed.Error);
                case SlackOk<MessagePage> { Value: var messages }:
                    if (messages.Messages.FirstOrDefault(Marked) is { } found)
                    {
                        return new SlackOk<LostPost>(new LostPost(new PostedMessage(channel, found.Ts), true));
                    }

                    if (messages.NextCursor is null)
                    {
                        return new SlackOk<LostPost>(new LostPost(null, !messages.HasMore));
                    }

                    range = range with { Cursor = messages.NextCursor };
                    break;
                default:
                    return new SlackUnknown<LostPost>("the history could not be read");
            }
        }

        return new SlackOk<LostPost>(new LostPost(null, false));

        // Anybody's app can copy an id; only ours speaks as our bot.
        bool Marked(ChannelMessage message) =>
            message.Metadata is { } metadata
            && metadata.EventType == mark.EventType
            && metadata.Get(mark.Name) == mark.Value
            && (from is null || message.BotId == from);
    }
}
