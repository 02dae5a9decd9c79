namespace Glancy.Bot.Commands.Slack;

/// <summary>
/// The shortcuts in a message's menu, by the ids that the app's manifest gives them; each is the command it says.
/// </summary>
public static class SlackShortcutNames
{
    public const string HandoverAdd = "handover-add";
    public const string IncidentPin = "incident-pin";
    public const string IncidentOpen = "incident-open";

    /// <summary>In the order of the menu.</summary>
    public static IReadOnlyList<string> All { get; } = [HandoverAdd, IncidentPin, IncidentOpen];
}
