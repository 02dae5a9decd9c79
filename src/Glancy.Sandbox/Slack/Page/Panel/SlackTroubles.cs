namespace Glancy.Sandbox.Slack.Page.Panel;

/// <summary>A fault of Slack as the page offers it.</summary>
/// <param name="Name">As the sandbox's endpoint takes it.</param>
public sealed record SlackTrouble(string Name, string Does, SlackFault Fault);

/// <summary>The faults of Slack with the strength that shows something to somebody who watches.</summary>
public static class SlackTroubles
{
    public static IReadOnlyList<SlackTrouble> All { get; } =
    [
        new("slow", "calls are done, and answered 5 s late", new SlackFault(SlackFaultKind.Slow, For: TimeSpan.FromSeconds(5))),
        new("too-many", "calls are refused with 429, Retry-After 5 s", new SlackFault(SlackFaultKind.TooMany, For: TimeSpan.FromSeconds(5))),
        new("server-error", "calls are refused with 503", new SlackFault(SlackFaultKind.ServerError)),
        new("hang", "calls are not done, and never answered", new SlackFault(SlackFaultKind.Hang)),
        new("lose-answer", "calls are done, and their answers lost", new SlackFault(SlackFaultKind.LoseAnswer)),
        new("down", "nobody listens", new SlackFault(SlackFaultKind.Down)),
        new("deliver-twice", "commands and clicks reach the bot twice at the same time", new SlackFault(SlackFaultKind.DeliverTwice)),
        new("deliver-late", "commands and clicks reach the bot 5 s late", new SlackFault(SlackFaultKind.DeliverLate, For: TimeSpan.FromSeconds(5))),
    ];

    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public static SlackFault Find(string name) => All.FirstOrDefault(t => t.Name == name)?.Fault ?? throw new ArgumentException($"There is no fault '{name}'.", nameof(name));
}
