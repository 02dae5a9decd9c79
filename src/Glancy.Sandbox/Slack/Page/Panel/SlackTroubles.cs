namespace Glancy.Sandbox.Slack.Page.Panel;

/// <summary>A fault of Slack as the page offers it.</summary>
/// <param name="Name">As the sandbox's endpoint takes it.</param>
/// <param name="Does">What it does, in English.</param>
/// <param name="InChinese">The same in Chinese.</param>
internal sealed record SlackTrouble(string Name, string Does, string InChinese, SlackFault Fault);

/// <summary>The faults of Slack with the strength that shows something to somebody who watches.</summary>
internal static class SlackTroubles
{
    public static IReadOnlyList<SlackTrouble> All { get; } =
    [
        new(
            "slow",
            "calls are done, and answered 5 s late",
            "调用照做，晚 5 秒回答",
            new SlackFault(SlackFaultKind.Slow, For: TimeSpan.FromSeconds(5))
        ),
        new(
            "too-many",
            "calls are refused with 429, Retry-After 5 s",
            "调用被 429 拒绝，Retry-After 5 秒",
            new SlackFault(SlackFaultKind.TooMany, For: TimeSpan.FromSeconds(5))
        ),
        new(
            "server-error",
            "calls are refused with 503",
            "调用被 503 拒绝",
            new SlackFault(SlackFaultKind.ServerError)
        ),
        new(
            "hang",
            "calls are not done, and never answered",
            "调用不做，也永不回答",
            new SlackFault(SlackFaultKind.Hang)
        ),
        new(
            "lose-answer",
            "calls are done, and their answers lost",
            "调用照做，回答丢失",
            new SlackFault(SlackFaultKind.LoseAnswer)
        ),
        new("down", "nobody listens", "没有人在听", new SlackFault(SlackFaultKind.Down)),
        new(
            "deliver-twice",
            "commands and clicks reach the bot twice at the same time",
            "命令与点击同时到达机器人两次",
            new SlackFault(SlackFaultKind.DeliverTwice)
        ),
        new(
            "deliver-late",
            "commands and clicks reach the bot 5 s late",
            "命令与点击晚 5 秒到达机器人",
            new SlackFault(SlackFaultKind.DeliverLate, For: TimeSpan.FromSeconds(5))
        ),
    ];

    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public static SlackFault Find(string name) =>
        All.FirstOrDefault(t => t.Name == name)?.Fault
        ?? throw new ArgumentException($"There is no fault '{name}'.", nameof(name));
}
