namespace Glancy.Sandbox.Slack.Page;

/// <summary>What the page is about: the workspace, and what can be done to the world around it.</summary>
/// <param name="Controls">Null when there is no world behind the page.</param>
/// <param name="TimeProvider">Real time, for the clock that ticks in the corner.</param>
public sealed record Seat(Workspace Workspace, Panel.IControls? Controls, Conversation.ICompletions Completions, TimeProvider TimeProvider);
