using Glancy.Bot.Commands.Procedures;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Tests.Procedures;

public class RunProgressTests
{
    private static readonly RunEvent[] History =
    [
        Event(1, 0, "glancy", "run-drafted", null),
        Event(2, 60, "lin", "run-confirmed", null, ("person", "lin"), ("role", "primary")),
        Event(19, 60, "lin", "run-break-glass", null, ("incident", "INC-2025-0418-01"), ("reason", "没有别人应答")),
        Event(3, 61, "a", "run-waits", null, ("why", "unreachable-bastion")),
        Event(4, 70, "a", "run-running", null),
        Event(5, 71, "a", "step-started", "judge", ("attempt", "1"), ("command", "glancy hk")),
        Event(6, 72, "a", "step-done", "judge", ("hooks", "{}")),
        Event(7, 73, "a", "step-started", "execute", ("attempt", "2")),
        Event(8, 98, "a", "step-done", "execute", ("exit", "0")),
        Event(9, 99, "a", "step-nothing-to-do", "force-basic"),
        Event(10, 100, "a", "run-verifying", null),
        Event(11, 101, "a", "step-started", "verify-hooks", ("attempt", "1")),
        Event(12, 102, "a", "step-waiting", "verify-hooks", ("open", "HK-03 Red")),
        Event(13, 132, "a", "step-looked", "verify-hooks", ("open", "HK-03 Red")),
        Event(14, 162, "a", "step-looked", "verify-hooks", ("open", "HK-03 Yellow")),
        Event(15, 190, "a", "run-paused", "verify-hooks", ("why", "hooks-not-green"), ("pause", "Unverified")),
        Event(16, 200, "mei", "step-skipped", "verify-hooks", ("detail", "看板维护")),
        Event(17, 300, "a", "run-succeeded", null),
        Event(18, 301, "a", "something-new", null),
    ];

    [Fact]
    public void A_run_is_told_line_by_line()
    {
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            var progress = new RunProgress(World.Run(RunState.Confirmed), RunbookOnDisk.In(words));
            var lines = History
                .Select(progress.Line)
                .OfType<Commands.Pages.Text>()
                .Select(l => Commands.Pages.TerminalPage.Line(l, colour: false));
            Golden.CheckText($"progress.{words.Culture.Name}.txt", string.Concat(lines));
        }
    }

    [Fact]
    public void Looking_again_without_news_says_nothing()
    {
        var progress = new RunProgress(World.Run(RunState.Verifying), RunbookOnDisk.In(Golden.En));
        Assert.NotNull(progress.Line(History[12]));
        Assert.Null(progress.Line(History[13]));
        Assert.NotNull(progress.Line(History[14]));
    }

    private static RunEvent Event(
        long seq,
        int seconds,
        string actor,
        string kind,
        string? step,
        params (string Name, string Value)[] detail
    ) => new(seq, World.Now.AddSeconds(seconds), actor, kind, step, detail.ToDictionary(d => d.Name, d => d.Value));
}
