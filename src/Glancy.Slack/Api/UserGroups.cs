using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>A group that can be mentioned.</summary>
/// <param name="Handle">What people type, without the sign: <c>oncall</c>.</param>
public sealed record SlackUserGroup(string Id, string Handle, string Name);

/// <summary><c>usergroups.*</c></summary>
public interface IUserGroupsApi
{
    IUserGroupUsersApi Users { get; }

    /// <summary>Those in use; disabled ones are left out.</summary>
    Task<SlackResult<IReadOnlyList<SlackUserGroup>>> List(CancellationToken cancellationToken);
}

/// <summary><c>usergroups.users.*</c></summary>
public interface IUserGroupUsersApi
{
    Task<SlackResult<IReadOnlyList<string>>> List(string userGroupId, CancellationToken cancellationToken);

    /// <summary>Sets the members; Slack refuses an empty list.</summary>
    Task<SlackResult<IReadOnlyList<string>>> Update(
        string userGroupId,
        IReadOnlyList<string> userIds,
        CancellationToken cancellationToken
    );
}

internal sealed class UserGroupsApi(Caller caller, SlackLane lane) : IUserGroupsApi, IUserGroupUsersApi
{
    public IUserGroupUsersApi Users => this;

    public Task<SlackResult<IReadOnlyList<SlackUserGroup>>> List(CancellationToken cancellationToken) =>
        caller.CallAsync(SlackCall.Read("usergroups.list"), lane, Groups, cancellationToken);

    public Task<SlackResult<IReadOnlyList<string>>> List(string userGroupId, CancellationToken cancellationToken) =>
        caller.CallAsync(
            SlackCall.Read("usergroups.users.list", ("usergroup", userGroupId)),
            lane,
            json => Ids(json, "users"),
            cancellationToken
        );

    public Task<SlackResult<IReadOnlyList<string>>> Update(
        string userGroupId,
        IReadOnlyList<string> userIds,
        CancellationToken cancellationToken
    ) =>
        caller.CallAsync(
            new SlackCall(
                "usergroups.users.update",
                SlackEffect.Convergent,
                new { usergroup = userGroupId, users = string.Join(',', userIds) }
            ),
            lane,
            json => json.Child("usergroup") is { } group ? Ids(group, "users") ?? userIds : null,
            cancellationToken
        );

    private static IReadOnlyList<SlackUserGroup>? Groups(JsonElement json) =>
        json.TryGetProperty("usergroups", out var list) && list.ValueKind == JsonValueKind.Array
            ?
            [
                .. list.EnumerateArray()
                    .Select(g => new SlackUserGroup(g.Text("id") ?? "", g.Text("handle") ?? "", g.Text("name") ?? ""))
                    .Where(g => g.Id.Length > 0),
            ]
            : null;

    private static IReadOnlyList<string>? Ids(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ?
            [
                .. list.EnumerateArray()
                    .Where(u => u.ValueKind == JsonValueKind.String)
                    .Select(u => u.GetString() ?? ""),
            ]
            : null;
}
