using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>A person or a bot of a workspace.</summary>
public sealed record SlackUser
{
    public required string Id { get; init; }

    public required string? TeamId { get; init; }

    public required string Name { get; init; }

    public required string? RealName { get; init; }

    public required string? DisplayName { get; init; }

    /// <summary>Such as <c>zh-CN</c>; null when Slack does not say.</summary>
    public required string? Locale { get; init; }

    public required string? Tz { get; init; }

    public required bool IsBot { get; init; }

    /// <summary>A guest of several channels.</summary>
    public required bool IsRestricted { get; init; }

    /// <summary>A guest of one channel.</summary>
    public required bool IsUltraRestricted { get; init; }

    /// <summary>Of another organisation, seen through a shared channel.</summary>
    public required bool IsStranger { get; init; }

    public required bool Deleted { get; init; }

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
        return new SlackUser
        {
            Id = id,
            TeamId = user.Text("team_id"),
            Name = user.Text("name") ?? id,
            RealName = user.Text("real_name") ?? profile?.Text("real_name"),
            DisplayName = profile?.Text("display_name") is { Length: > 0 } display ? display : null,
            Locale = user.Text("locale"),
            Tz = user.Text("tz"),
            IsBot = Is(user, "is_bot"),
            IsRestricted = Is(user, "is_restricted"),
            IsUltraRestricted = Is(user, "is_ultra_restricted"),
            IsStranger = Is(user, "is_stranger"),
            Deleted = Is(user, "deleted"),
        };
    }

    private static bool Is(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
