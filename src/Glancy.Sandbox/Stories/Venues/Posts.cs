using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>What the bot has put up in the channel by itself.</summary>
internal static class Posts
{
    /// <summary>The oldest first.</summary>
    public static IReadOnlyList<Message> In(Workspace workspace) =>
        [.. workspace.Board.All.Where(m => m is { Channel: Team.OpsChannel, BotId: not null, Subtype: null })];

    /// <summary>The key of the notice that it is.</summary>
    public static string KeyOf(Message message) => (message.Metadata ?? default).Text("event_payload", "key");

    /// <summary>All that can be read on it, its buttons with what they say.</summary>
    public static string Said(Message message) => string.Join('\n', SlackWords.Lines(message.Text, message.Blocks));
}
