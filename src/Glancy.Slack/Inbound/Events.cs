namespace Glancy.Slack.Inbound;

/// <summary>A kind of event.</summary>
internal interface ISlackEvent
{
    /// <summary>As Slack writes it: <c>reaction_added</c>.</summary>
    static abstract string EventType { get; }
}

/// <param name="Text">Outside text.</param>
public sealed record AppMention(string Channel, string User, string Text, string Ts, string? ThreadTs = null)
    : ISlackEvent
{
    public static string EventType => "app_mention";
}

/// <param name="Subtype">Null for an ordinary message.</param>
/// <param name="Text">Outside text.</param>
public sealed record MessagePosted(
    string Channel,
    string Ts,
    string? User = null,
    string? BotId = null,
    string? Text = null,
    string? ThreadTs = null,
    string? Subtype = null
) : ISlackEvent
{
    public static string EventType => "message";
}

/// <summary>What a reaction is on.</summary>
public sealed record ReactionItem(string Type, string? Channel = null, string? Ts = null);

/// <param name="Reaction">The name without colons.</param>
public sealed record ReactionAdded(string User, string Reaction, ReactionItem Item, string? ItemUser = null)
    : ISlackEvent
{
    public static string EventType => "reaction_added";
}

/// <param name="Reaction">The name without colons.</param>
internal sealed record ReactionRemoved(string User, string Reaction, ReactionItem Item, string? ItemUser = null)
    : ISlackEvent
{
    public static string EventType => "reaction_removed";
}

/// <param name="Tab"><c>home</c> or <c>messages</c>.</param>
public sealed record AppHomeOpened(string User, string? Channel = null, string? Tab = null) : ISlackEvent
{
    public static string EventType => "app_home_opened";
}
