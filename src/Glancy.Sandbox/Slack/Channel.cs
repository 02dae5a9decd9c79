namespace Glancy.Sandbox.Slack;

/// <summary>A channel, or a person's conversation with the bot.</summary>
/// <param name="Name">Without the sign; the person's login for a conversation.</param>
/// <param name="Members">User ids, the bot's own among them where it is a member.</param>
/// <param name="With">The person of a conversation; null for a channel.</param>
public sealed record Channel(string Id, string Name, string Topic, IReadOnlyList<string> Members, string? With = null)
{
    public bool IsDirect => With is not null;

    public bool IsArchived { get; init; }

    /// <summary>Shared with another organisation.</summary>
    public bool IsExternal { get; init; }
}

/// <summary>A group that can be mentioned.</summary>
/// <param name="Handle">Without the sign.</param>
public sealed record UserGroup(string Id, string Handle, string Name, IReadOnlyList<string> Users);
