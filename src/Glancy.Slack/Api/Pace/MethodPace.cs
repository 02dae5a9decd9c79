namespace Glancy.Slack.Api.Pace;

/// <summary>The tiers of Slack's methods: 1 about 1 a minute, 2 20, 3 50, 4 100, per method and workspace.</summary>
internal static class MethodPace
{
    private static readonly Pace Tier2 = Pace.PerMinute(20);
    private static readonly Pace Tier3 = Pace.PerMinute(50);
    private static readonly Pace Tier4 = Pace.PerMinute(100);

    // Slack calls these special: "several hundred a minute".
    private static readonly Pace Special = Pace.PerMinute(240);

    // No method of the workspace: each command brings an address of its own, good for five answers, and Slack names no
    // limit over all of them (docs.slack.dev, Rate limits). A flood of questions is answered as it comes; should Slack
    // say 429, the gate closes as any other.
    private static readonly Pace Answers = new(Burst: 200, PerSecond: 20, Reserve: 0);

    public static Pace Of(string method) =>
        method switch
        {
            "auth.test" or "chat.postMessage" or "chat.getPermalink" or "files.bytes" => Special,
            "respond" => Answers,
            "chat.postEphemeral" or "views.open" or "views.update" or "views.publish" or "users.info" => Tier4,
            "files.getUploadURLExternal" or "files.completeUploadExternal" => Tier4,
            "chat.update" or "chat.delete" or "reactions.add" => Tier3,
            "conversations.info" or "conversations.history" or "conversations.replies" or "conversations.open" => Tier3,
            _ => Tier2,
        };
}
