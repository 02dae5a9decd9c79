using Glancy.Bot.Commands.Audit;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel.Audit;

namespace Glancy.Bot.Commands.Tests.Audit;

public class AuditViewTests
{
    private static readonly AuditEvent[] Events =
    [
        new()
        {
            Seq = 43,
            At = World.Now,
            Actor = "mei",
            Role = "release-manager",
            Action = "run-confirm",
            Target = "rollback",
            Before = null,
            After = "Confirmed",
            Command = null,
            Run = "R-17",
            Incident = null,
            Detail = new Dictionary<string, string>(),
            Hash = "ff",
        },
        new()
        {
            Seq = 42,
            At = World.Now.AddMinutes(-1),
            Actor = "glancy",
            Role = null,
            Action = "episode-begin",
            Target = "HK-03",
            Before = null,
            After = "frozen",
            Command = null,
            Run = null,
            Incident = null,
            Detail = new Dictionary<string, string>(),
            Hash = "ee",
        },
        new()
        {
            Seq = 41,
            At = World.Now.AddMinutes(-9),
            Actor = "lin",
            Role = "primary",
            Action = "release-freeze",
            Target = "prod",
            Before = null,
            After = null,
            Command = null,
            Run = null,
            Incident = null,
            Detail = new Dictionary<string, string> { ["reason"] = "429 上升\nsecond line" },
            Hash = "dd",
        },
        new()
        {
            Seq = 40,
            At = World.Now.AddMinutes(-10),
            Actor = "lin",
            Role = null,
            Action = "step-done",
            Target = "flag.set force-basic",
            Before = "flag/x=false",
            After = "flag/x=true",
            Command = "configctl ...",
            Run = "R-16",
            Incident = null,
            Detail = new Dictionary<string, string>(),
            Hash = "cc",
        },
    ];

    [Fact]
    public void Events_with_more_to_come() =>
        Golden.Check(
            "search",
            words =>
                AuditView.Page(
                    new AuditQuery("force basic", "lin", From: World.Now.AddDays(-1), Limit: 4),
                    Events,
                    RunbookOnDisk.In(words)
                ),
            width: 140,
            slack: true
        );

    [Fact]
    public void What_no_button_can_carry_has_to_be_typed() =>
        Golden.CheckSlack(
            "search-typed",
            words =>
                SlackPage.Render(
                    AuditView.Page(
                        new AuditQuery(string.Concat(Enumerable.Repeat("429 上升 ", 300)), Limit: 4),
                        Events,
                        RunbookOnDisk.In(words)
                    ),
                    [],
                    words
                )
        );

    [Fact]
    public void Events_fit_a_narrow_terminal() =>
        Golden.Check(
            "search-60",
            words => AuditView.Page(new AuditQuery(Limit: 20), Events, RunbookOnDisk.In(words)),
            width: 60
        );

    [Fact]
    public void Nothing_found() =>
        Golden.Check("none", words => AuditView.Page(new AuditQuery("x"), [], RunbookOnDisk.In(words)));

    [Fact]
    public void Nothing_older() =>
        Golden.Check("no-more", words => AuditView.Page(new AuditQuery(BeforeSeq: 1), [], RunbookOnDisk.In(words)));

    [Fact]
    public void The_chain_is_whole() =>
        Golden.Check("intact", words => AuditView.Verdict(new AuditVerdict(true, 43, [], 42, true), words));

    [Fact]
    public void Nothing_is_anchored_yet() =>
        Golden.Check("intact-unanchored", words => AuditView.Verdict(new AuditVerdict(true, 3, [], null, true), words));

    [Fact]
    public void The_anchors_are_unknown() =>
        Golden.Check("anchors-unknown", words => AuditView.Verdict(new AuditVerdict(true, 43, [], null, false), words));

    [Fact]
    public void The_chain_is_broken() =>
        Golden.Check(
            "broken",
            words =>
                AuditView.Verdict(
                    new AuditVerdict(
                        false,
                        43,
                        [
                            new(7, "gap"),
                            new(9, "hash"),
                            new(9, "body"),
                            new(40, "anchor"),
                            .. Enumerable.Range(44, 20).Select(i => new AuditFault(i, "cut")),
                        ],
                        63,
                        true
                    ),
                    words
                )
        );
}
