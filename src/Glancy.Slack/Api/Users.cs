using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>A person or a bot of a workspace.</summary>
/// <param name="Locale">Such as <c>zh-CN</c>; null when Slack does not say.</param>
/// <param name="IsRestricted">A guest of several channels.</param>
/// <param name="IsUltraRestricted">A guest of one channel.</param>
/// <param name="IsStranger">Of another organisation, seen through a shared channel.</param>
public sealed record SlackUser(
    string Id,
    string? TeamId,
    string Name,
    string? RealName,
    string? DisplayName,
    string? Locale,
    string? Tz,
    bool IsBot,
    bool IsRestricted,
    bool IsUltraRestricted,
    bool IsStranger,
    bool Deleted
)
{
    /// <summary>
    /// A full member of this workspace: no guest, nobody of another team, nobody who has left, no bot.
    /// </summary>
    public bool IsMemberOf(string teamId) =>
        TeamId == teamId && !IsBot && !IsRestricted && !IsUltraRestricted && !IsStranger && !Deleted;
}

/// <summary><c>users.*</c></summary>
public interface IUsersApi
{
    /// <summary>With the locale.</summary>
    Task<SlackResult<SlackUser>> Info(string userId, CancellationToken cancellationToken);
}

internal sealed class UsersApi(Caller caller, SlackLane lane) : IUsersApi
{
    public Task<SlackResult<SlackUser>> Info(string userId, CancellationToken cancellationToken) =>
        caller.CallAsync(
            SlackCall.Read("users.info", ("user", userId), ("include_locale", "true")),
            lane,
            json => json.Child("user") is { } user ? Read(user) : null,
            cancellationToken
        );

    private static SlackUser? Read(JsonElement user)
    {
        if (user.Text("id") is not { } id)
        {
            return null;
        }

        var profile = user.Child("profile");
        return new SlackUser(
            id,
            user.Text("team_id"),
            user.Text("name") ?? id,
            user.Text("real_name") ?? profile?.Text("real_name"),
            profile?.Text("display_name") is { Length: > 0 } display ? display : null,
            user.Text("locale"),
            user.Text("tz"),
            Is(user, "is_bot"),
            Is(user, "is_restricted"),
            Is(user, "is_ultra_restricted"),
            Is(user, "is_stranger"),
            Is(user, "deleted")
        );
    }

    private static bool Is(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
