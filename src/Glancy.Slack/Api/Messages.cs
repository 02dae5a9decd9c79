using Glancy.Slack.Blocks;

namespace Glancy.Slack.Api;

/// <summary>A message to post. Links in it are not unfolded.</summary>
/// <param name="Text">A whole sentence: it is the notification, and what is shown where blocks are not. Outside text
/// escaped.</param>
/// <param name="ThreadTs">The message to answer to; its own time, not an answer's.</param>
/// <param name="Metadata">Put an id of yours in: when an answer is lost, the post is found again by it.</param>
public sealed record OutgoingMessage(
    string Channel,
    string Text,
    IReadOnlyList<Block>? Blocks = null,
    string? ThreadTs = null,
    MessageMetadata? Metadata = null,
    bool? ReplyBroadcast = null
)
{
    public string Text { get; } = Limits.Text(Text, Limits.MessageText, "message.text");

    public IReadOnlyList<Block>? Blocks
    {
        get;
        internal init => field = MessageBlocks.Within(value);
    } = MessageBlocks.Within(Blocks);

    public bool UnfurlLinks { get; init; }

    public bool UnfurlMedia { get; init; }
}

/// <summary>
/// A message only one person sees, until that person reloads. It has no history: it can be neither found again nor
/// changed.
/// </summary>
public sealed record EphemeralMessage(
    string Channel,
    string User,
    string Text,
    IReadOnlyList<Block>? Blocks = null,
    string? ThreadTs = null
)
{
    public string Text { get; } = Limits.Text(Text, Limits.MessageText, "message.text");

    public IReadOnlyList<Block>? Blocks
    {
        get;
        internal init => field = MessageBlocks.Within(value);
    } = MessageBlocks.Within(Blocks);
}

/// <summary>The new state of a message; what is left out of it is gone from the message, its buttons too.</summary>
public sealed record MessageUpdate(
    string Channel,
    string Ts,
    string Text,
    IReadOnlyList<Block>? Blocks = null,
    MessageMetadata? Metadata = null
)
{
    public string Text { get; } = Limits.Text(Text, Limits.UpdateText, "update.text");

    // Without this member Slack keeps the old blocks.
    public IReadOnlyList<Block> Blocks
    {
        get;
        internal init => field = MessageBlocks.Within(value);
    } = MessageBlocks.Within(Blocks ?? []);
}

/// <summary>
/// An answer to a command or a click: at once in the acknowledgement, or through its response address.
/// </summary>
/// <param name="Text">Null only when the original is deleted.</param>
public sealed record ResponseMessage(
    string? Text,
    IReadOnlyList<Block>? Blocks = null,
    bool InChannel = false,
    bool? ReplaceOriginal = null,
    bool? DeleteOriginal = null,
    string? ThreadTs = null
)
{
    public string? Text { get; } = Limits.Text(Text, Limits.MessageText, "message.text");

    public IReadOnlyList<Block>? Blocks
    {
        get;
        internal init => field = MessageBlocks.Within(value);
    } = MessageBlocks.Within(Blocks);

    public string ResponseType => InChannel ? "in_channel" : "ephemeral";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool InChannel { get; init; } = InChannel;
}

/// <summary>Where a message is.</summary>
/// <param name="Ts">Its time, which is its id within the channel.</param>
public sealed record PostedMessage(string Channel, string Ts);

/// <summary>A message as it stands in a channel.</summary>
/// <param name="Text">Outside text.</param>
public sealed record ChannelMessage(
    string Ts,
    string? ThreadTs,
    string? User,
    string? BotId,
    string? Subtype,
    string Text,
    MessageMetadata? Metadata
);

/// <summary>Some messages, the newest first in a history, the oldest first in a thread.</summary>
/// <param name="NextCursor">Asks for the next page; null on the last.</param>
public sealed record MessagePage(IReadOnlyList<ChannelMessage> Messages, bool HasMore, string? NextCursor);
