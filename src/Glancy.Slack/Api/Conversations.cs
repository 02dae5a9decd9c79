using System.Globalization;
using System.Text.Json;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Api;

/// <summary>A channel or a conversation.</summary>
/// <param name="IsExternal">Shared with another organisation.</param>
public sealed record SlackChannel(
    string Id,
    string? Name,
    string? Topic,
    bool IsArchived,
    bool IsMember,
    bool IsExternal
);

/// <summary>Which messages.</summary>
/// <param name="Oldest">A time as Slack writes it; null from the beginning. Itself included.</param>
/// <param name="Limit">Messages a page; at most 999, Slack suggests 200.</param>
public sealed record MessageRange(string? Oldest = null, string? Latest = null, int Limit = 100, string? Cursor = null);

/// <summary><c>conversations.*</c></summary>
public interface IConversationsApi
{
    Task<SlackResult<SlackChannel>> Info(string channel, CancellationToken cancellationToken);

    /// <summary>With metadata; without answers in threads.</summary>
    Task<SlackResult<MessagePage>> History(string channel, MessageRange range, CancellationToken cancellationToken);

    /// <summary>With metadata; the thread's first message comes first.</summary>
    Task<SlackResult<MessagePage>> Replies(
        string channel,
        string threadTs,
        MessageRange range,
        CancellationToken cancellationToken
    );

    /// <exception cref="SlackLimitException">More than 250 code points.</exception>
    Task<SlackResult<SlackDone>> SetTopic(string channel, string topic, CancellationToken cancellationToken);

    /// <summary>The direct conversation with these people; the same one each time.</summary>
    Task<SlackResult<SlackChannel>> Open(IReadOnlyList<string> userIds, CancellationToken cancellationToken);
}

internal sealed class ConversationsApi(Caller caller, SlackLane lane) : IConversationsApi
{
    private const int TopicText = 250;

    public Task<SlackResult<SlackChannel>> Info(string channel, CancellationToken cancellationToken) =>
        caller.CallAsync(SlackCall.Read("conversations.info", ("channel", channel)), lane, Channel, cancellationToken);

    public Task<SlackResult<MessagePage>> History(
        string channel,
        MessageRange range,
        CancellationToken cancellationToken
    ) => PageAsync("conversations.history", channel, null, range, cancellationToken);

    public Task<SlackResult<MessagePage>> Replies(
        string channel,
        string threadTs,
        MessageRange range,
        CancellationToken cancellationToken
    ) => PageAsync("conversations.replies", channel, threadTs, range, cancellationToken);

    public Task<SlackResult<SlackDone>> SetTopic(string channel, string topic, CancellationToken cancellationToken) =>
        caller.CallAsync(
            new SlackCall(
                "conversations.setTopic",
                SlackEffect.Convergent,
                new { channel, topic = Limits.Text(topic, TopicText, "topic", least: 0) }
            ),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );

    public Task<SlackResult<SlackChannel>> Open(IReadOnlyList<string> userIds, CancellationToken cancellationToken) =>
        caller.CallAsync(
            new SlackCall("conversations.open", SlackEffect.Convergent, new { users = string.Join(',', userIds) }),
            lane,
            Channel,
            cancellationToken
        );

    private Task<SlackResult<MessagePage>> PageAsync(
        string method,
        string channel,
        string? thread,
        MessageRange range,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(range);
        var call = SlackCall.Read(
            method,
            ("channel", channel),
            ("ts", thread),
            ("oldest", range.Oldest),
            ("latest", range.Latest),
            ("inclusive", "true"),
            ("limit", range.Limit.ToString(CultureInfo.InvariantCulture)),
            ("cursor", range.Cursor),
            ("include_all_metadata", "true")
        );
        return caller.CallAsync(call, lane, Page, cancellationToken);
    }

    private static SlackChannel? Channel(JsonElement json) =>
        json.Child("channel") is { } channel && channel.Text("id") is { } id
            ? new SlackChannel(
                id,
                channel.Text("name"),
                channel.Child("topic")?.Text("value"),
                Is(channel, "is_archived"),
                Is(channel, "is_member"),
                Is(channel, "is_ext_shared")
            )
            : null;

    private static MessagePage? Page(JsonElement json)
    {
        if (!json.TryGetProperty("messages", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var cursor = json.Child("response_metadata")?.Text("next_cursor");
        return new MessagePage(
            [.. list.EnumerateArray().Select(Message)],
            Is(json, "has_more"),
            string.IsNullOrEmpty(cursor) ? null : cursor
        );
    }

    private static ChannelMessage Message(JsonElement message)
    {
        var metadata =
            message.Child("metadata") is { } child
            && child.Text("event_type") is { } type
            && child.Child("event_payload") is { } payload
                ? new MessageMetadata(type, payload)
                : null;
        return new ChannelMessage(
            message.Text("ts") ?? "",
            message.Text("thread_ts"),
            message.Text("user"),
            message.Text("bot_id"),
            message.Text("subtype"),
            message.Text("text") ?? "",
            metadata
        );
    }

    private static bool Is(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
