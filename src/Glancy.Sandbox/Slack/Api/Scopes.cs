namespace Glancy.Sandbox.Slack.Api;

/// <summary>Which scope a method asks of the token, by Slack's method reference.</summary>
internal sealed class Scopes(IReadOnlySet<string>? granted)
{
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["chat.postMessage"] = "chat:write",
        ["chat.postEphemeral"] = "chat:write",
        ["chat.update"] = "chat:write",
        ["chat.delete"] = "chat:write",
        ["conversations.info"] = "channels:read",
        ["conversations.list"] = "channels:read",
        ["conversations.members"] = "channels:read",
        ["conversations.history"] = "channels:history",
        ["conversations.replies"] = "channels:history",
        ["conversations.setTopic"] = "channels:write.topic",
        ["conversations.open"] = "im:write",
        ["users.info"] = "users:read",
        ["users.list"] = "users:read",
        ["usergroups.list"] = "usergroups:read",
        ["usergroups.users.list"] = "usergroups:read",
        ["usergroups.users.update"] = "usergroups:write",
        ["reactions.add"] = "reactions:write",
        ["reactions.remove"] = "reactions:write",
        ["reactions.get"] = "reactions:read",
        ["pins.add"] = "pins:write",
        ["pins.remove"] = "pins:write",
        ["pins.list"] = "pins:read",
        ["files.getUploadURLExternal"] = "files:write",
        ["files.completeUploadExternal"] = "files:write",
        ["files.info"] = "files:read",
    };

    /// <summary>The refusal of a call that the token does not reach; null when it does.</summary>
    public ApiAnswer? Refuse(ApiCall call)
    {
        if (granted is null || !Needed.TryGetValue(call.Method, out var scope))
        {
            return null;
        }

        // A conversation with one person has scopes of its own.
        scope =
            call.Text("channel") is ['D', ..] && scope.StartsWith("channels:", StringComparison.Ordinal)
                ? "im:" + scope["channels:".Length..]
                : scope;
        if (granted.Contains(scope))
        {
            return null;
        }

        var answer = ApiAnswer.No("missing_scope");
        answer.Body["needed"] = scope;
        answer.Body["provided"] = string.Join(',', granted.Order(StringComparer.Ordinal));
        return answer;
    }
}
