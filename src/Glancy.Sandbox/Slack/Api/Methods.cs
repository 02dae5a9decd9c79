namespace Glancy.Sandbox.Slack.Api;

/// <summary>The methods there are, by name.</summary>
internal sealed class Methods
{
    // Slack reads no JSON for these and takes every argument for left out.
    private static readonly HashSet<string> FormOnly =
    [
        "chat.getPermalink",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "files.info",
        "pins.list",
        "reactions.get",
        "usergroups.list",
        "usergroups.users.list",
        "users.info",
        "users.list",
    ];

    private readonly Dictionary<string, Func<ApiCall, ApiAnswer>> all;

    public Methods(Workspace workspace, Uploads uploads) =>
        all = new[]
        {
            new ChatMethods(workspace).All,
            new ConversationMethods(workspace).All,
            new PeopleMethods(workspace).All,
            new MarkMethods(workspace).All,
            new FileMethods(workspace, uploads).All,
            new ViewMethods(workspace).All,
        }
            .SelectMany(m => m)
            .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);

    public static bool TakesJson(string method) => !FormOnly.Contains(method);

    public ApiAnswer Call(ApiCall call) =>
        all.TryGetValue(call.Method, out var method) ? method(call) : ApiAnswer.No("unknown_method");
}
