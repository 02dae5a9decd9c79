using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>auth.*</c>, <c>users.*</c> and <c>usergroups.*</c></summary>
internal sealed class PeopleMethods(Workspace workspace)
{
    private const int China = 8 * 60 * 60;

    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["auth.test"] = _ =>
                ApiAnswer.Yes(
                    new
                    {
                        Url = workspace.Addresses.Origin.AbsoluteUri,
                        Team = Team.Name,
                        User = Team.BotName,
                        TeamId = Team.Id,
                        UserId = Team.BotUser,
                        BotId = Team.Bot,
                        IsEnterpriseInstall = false,
                    }
                ),
            ["users.info"] = call =>
                workspace.Members.Person(call.Text("user") ?? "") is { } person
                    ? ApiAnswer.Yes(new { User = Json(person, call.Flag("include_locale")) })
                    : ApiAnswer.No("user_not_found"),
            ["users.list"] = call =>
                Pages.Of(workspace.Members.All, call.Text("cursor"), call.Number("limit", 1000, 1000)) is { } page
                    ? ApiAnswer.Yes(
                        new
                        {
                            Members = page.Items.Select(p => Json(p, call.Flag("include_locale"))),
                            CacheTs = 0,
                            ResponseMetadata = new { NextCursor = page.Next ?? "" },
                        }
                    )
                    : ApiAnswer.No("invalid_cursor"),
            ["usergroups.list"] = call =>
                ApiAnswer.Yes(
                    new { Usergroups = workspace.Members.Groups.Select(g => Json(g, call.Flag("include_users"))) }
                ),
            ["usergroups.users.list"] = call =>
                workspace.Members.Group(call.Text("usergroup") ?? "") is { } group
                    ? ApiAnswer.Yes(new { group.Users })
                    : ApiAnswer.No("no_such_subteam"),
            ["usergroups.users.update"] = UpdateUsers,
        };

    private ApiAnswer UpdateUsers(ApiCall call)
    {
        if (workspace.Members.Group(call.Text("usergroup") ?? "") is not { } group)
        {
            return ApiAnswer.No("no_such_subteam");
        }

        var users = call.Names("users");
        if (users.Count == 0)
        {
            return ApiAnswer.No("no_users_provided");
        }

        if (users.Any(u => workspace.Members.Person(u) is null or { Deleted: true }))
        {
            return ApiAnswer.No("invalid_users");
        }

        var changed = group with { Users = users };
        workspace.Members.Put(changed);
        return ApiAnswer.Yes(new { Usergroup = Json(changed, users: true) });
    }

    private static JsonObject Json(Person person, bool locale) =>
        SlackWire.Object(
            new
            {
                person.Id,
                person.TeamId,
                Name = person.Login,
                person.Deleted,
                RealName = person.Name,
                Tz = "Asia/Shanghai",
                TzLabel = "China Standard Time",
                TzOffset = China,
                Locale = locale ? person.Locale : null,
                Profile = new
                {
                    RealName = person.Name,
                    RealNameNormalized = person.Name,
                    DisplayName = person.Login,
                    DisplayNameNormalized = person.Login,
                    Team = person.TeamId,
                },
                IsAdmin = false,
                IsOwner = false,
                IsPrimaryOwner = false,
                person.IsRestricted,
                person.IsUltraRestricted,
                person.IsBot,
                IsStranger = person.IsStranger ? true : (bool?)null,
                IsAppUser = false,
                Updated = 0,
            }
        );

    private static JsonObject Json(UserGroup group, bool users) =>
        SlackWire.Object(
            new
            {
                group.Id,
                TeamId = Team.Id,
                IsUsergroup = true,
                group.Name,
                Description = "",
                group.Handle,
                IsExternal = false,
                DateDelete = 0,
                Users = users ? group.Users : null,
                UserCount = group.Users.Count,
            }
        );
}
