using Glancy.Bot.Commands.Audit;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel.Audit;

namespace Glancy.Bot.Commands.Tests.Audit;

public class AuditViewTests
{
    private static readonly AuditEvent[] Events =
    [
        new(
            43,
            World.Now,
            "mei",
            "release-manager",
            "run-confirm",
            "rollback",
            null,
            "Confirmed",
            null,
            "R-17",
            null,
            new Dictionary<string, string>(),
            "ff"
        ),
        new(
            42,
            World.Now.AddMinutes(-1),
            "glancy",
            null,
            "episode-begin",
            "HK-03",
            null,
            "frozen",
            null,
            null,
            null,
            new Dictionary<string, string>(),
            "ee"
        ),
        new(
            41,
            World.Now.AddMinutes(-9),
            "lin",
            "primary",
            "release-freeze",
            "prod",
            null,
            null,
            null,
            null,
            null,
            new Dictionary<string, string> { ["reason"] = "429 上升\nsecond line" },
            "dd"
        ),
        new(
            40,
            World.Now.AddMinutes(-10),
            "lin",
            null,
            "step-done",
            "flag.set force-basic",
            "flag/x=false",
            "flag/x=true",
            "configctl ...",
            "R-16",
            null,
            new Dictionary<string, string>(),
            "cc"
        ),
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
