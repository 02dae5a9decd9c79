using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>A message of a channel.</summary>
/// <param name="Ts">Its name within the channel: seconds and microseconds of real time.</param>
/// <param name="User">Whose it is; the bot's user for the bot's.</param>
/// <param name="Text">As Slack keeps it: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> escaped, mentions as
/// <c>&lt;@U...&gt;</c>.</param>
public sealed record Message(string Channel, string Ts, string User, string Text)
{
    /// <summary>World time at the post, for showing.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Null unless a bot posted it.</summary>
    public string? BotId { get; init; }

    /// <summary>
    /// The first message of the thread it answers in, or its own <see cref="Ts"/> once it has answers; null without a
    /// thread.
    /// </summary>
    public string? ThreadTs { get; init; }

    /// <summary>An answer that is shown in the channel as well.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>A list of Block Kit blocks, each with its block_id; null without.</summary>
    public JsonElement? Blocks { get; init; }

    /// <summary><c>{event_type, event_payload}</c>; people do not see it.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>When it was last changed, as Slack writes it; null when never.</summary>
    public string? Edited { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    public bool IsPinned { get; init; }

    /// <summary>Slack's <c>subtype</c>, such as <c>channel_topic</c>; null for what somebody said.</summary>
    public string? Subtype { get; init; }

    public bool IsAnswer => ThreadTs is not null && ThreadTs != Ts;
}

/// <summary>An emoji and who gave it, in order.</summary>
/// <param name="Name">Without colons.</param>
public sealed record Reaction(string Name, IReadOnlyList<string> Users);

/// <summary>A message that one person sees, until it is dismissed; it has no history.</summary>
/// <param name="Id">Its ts; not among the channel's messages.</param>
/// <param name="For">Who sees it.</param>
/// <param name="From">The bot's user, or Slackbot when Slack itself speaks.</param>
public sealed record Ephemeral(string Id, string Channel, string For, string From, string Text)
{
    public DateTimeOffset At { get; init; }

    public string? ThreadTs { get; init; }

    public JsonElement? Blocks { get; init; }
}
