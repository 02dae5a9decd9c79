using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Slack;

/// <summary>What a person types, as Slack keeps it.</summary>
internal static partial class TypedText
{
    public static string Escape(string typed) =>
        typed
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Escaped, with links and mentions marked.</summary>
    public static string Message(string typed, Members members)
    {
        var text = Link().Replace(Escape(typed), "<$0>");
        return Mention()
            .Replace(
                text,
                match =>
                    match.Groups[1].Value switch
                    {
                        "channel" or "here" or "everyone" => $"<!{match.Groups[1].Value}>",
                        var name when members.People.FirstOrDefault(p => p.Login == name) is { } person =>
                            $"<@{person.Id}>",
                        Team.BotName => $"<@{Team.BotUser}>",
                        var name when members.Groups.FirstOrDefault(g => g.Handle == name) is { } group =>
                            $"<!subteam^{group.Id}>",
                        _ => match.Value,
                    }
            );
    }

    [GeneratedRegex(@"(?<![\w<])@([a-z0-9._-]+)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"https?://[^\s<>|]+")]
    private static partial Regex Link();
}
