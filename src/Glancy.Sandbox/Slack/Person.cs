namespace Glancy.Sandbox.Slack;

/// <summary>Somebody of the workspace, or seen from it.</summary>
/// <param name="Id"><c>U...</c></param>
/// <param name="Login">The name without spaces; what <c>@</c> takes.</param>
/// <param name="Locale">For example <c>zh-CN</c>.</param>
public sealed record Person(string Id, string Login, string Name, string Locale)
{
    /// <summary>A member's conversation with the bot.</summary>
    public string DirectChannel => "D" + Id[1..];

    public bool ReadsChinese => Locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    /// <summary>Another workspace than ours for somebody who is seen through a shared channel.</summary>
    public string TeamId { get; init; } = Team.Id;

    public bool IsBot { get; init; }

    /// <summary>A guest of some channels.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>A guest of one channel.</summary>
    public bool IsUltraRestricted { get; init; }

    /// <summary>Has left.</summary>
    public bool Deleted { get; init; }

    public bool IsStranger => TeamId != Team.Id;
}
