namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>Where one person looks.</summary>
public sealed record Look(string Channel)
{
    /// <summary>The bot's Home instead of the messages with it.</summary>
    public bool Home { get; init; }

    /// <summary>The thread in the side pane.</summary>
    public string? Thread { get; init; }
}
