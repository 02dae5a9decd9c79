namespace Glancy.Sandbox.Slack;

/// <summary>The names that never change: they are written into settings and tests.</summary>
internal static class Team
{
    public const string Id = "T00000001";
    public const string Name = "Glancy";
    public const string Domain = "glancy";
    public const string App = "A00000001";

    /// <summary>The bot as a user and as a bot; Slack has both.</summary>
    public const string BotUser = "U0GLANCY0";
    public const string Bot = "B0GLANCY0";
    public const string BotName = "glancy";

    /// <summary>Whoever speaks when Slack itself has to say something.</summary>
    public const string Slackbot = "USLACKBOT";

    public const string OpsChannel = "C0GLANCYOPS";
    public const string OpsChannelName = "glancy-ops";
    public const string OnCallGroup = "S0ONCALL";

    public const string BotToken = "xoxb-sandbox-0000";

    /// <summary>The app's one slash command.</summary>
    public const string Command = "/glancy";
}
