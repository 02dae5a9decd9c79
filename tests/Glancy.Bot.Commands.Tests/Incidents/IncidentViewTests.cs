using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Tests.Incidents;

public class IncidentViewTests
{
    private static readonly BreakGlassUse Unreviewed = World.Alone with { Review = null };

    private static readonly Refusal[] Left =
    [
        new("break-glass-unreviewed", "§8", World.Sev1.Id, "R-17", "lin"),
        new("incident-run-open", "§8", "R-17", "Verifying"),
        new("incident-lease-open", "§7.2", "flag/glancy.lookup.force_basic", "true", "lin", "L-2"),
    ];

    private static IncidentDetails Called { get; } =
        new(World.Sev1, [], [])
        {
            Clock = new IncidentClock(World.Sev1.OpenedAt, 2, 2, World.Now.AddMinutes(4)),
            LastCall = new IncidentEvent(
                World.Now.AddMinutes(-1),
                "glancy",
                "called",
                new Dictionary<string, string>
                {
                    ["step"] = "2",
                    ["to_roles"] = "secondary",
                    ["to"] = "wu",
                }
            ),
        };

    private static readonly (string Kind, string Actor)[] Happened =
    [
        ("opened", "wu"),
        ("passed-over", "glancy"),
        ("called", "glancy"),
        ("called-nobody", "glancy"),
        ("chain-ended", "glancy"),
        ("pager-has-it", "glancy"),
        ("not-reached", "glancy"),
        ("acknowledged", "lin"),
        ("raised", "lin"),
        ("lowered", "lin"),
        ("command", "gao"),
        ("note", "lin"),
        ("pinned", "lin"),
        ("pinned-by", "lin"),
        ("run", "lin"),
        ("switched", "lin"),
        ("back", "mei"),
        ("alert", "alertmanager"),
        ("alert-over", "alertmanager"),
        ("alert-verified", "alertmanager"),
        ("alert-storm", "alertmanager"),
        ("pager-stranger", "glancy"),
        ("pager-left", "glancy"),
        ("pager-ended", "glancy"),
        ("pager-resolved", "lin"),
        ("reviewed", "mei"),
        ("closed", "lin"),
    ];

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["to_roles"] = "secondary",
        ["to"] = "wu",
        ["before"] = "Sev-2",
        ["value"] = "true",
        ["reason"] = "支付也失败了",
        ["given"] = "mei",
        ["note"] = "缓存是冷的 <!channel>",
        ["words"] = "键 <@U1> 全部未命中",
        ["link"] = "https://glancy.slack.com/archives/C1/p1745000000000100",
        ["by"] = "wu",
        ["service"] = "sms",
        ["trouble"] = "http-503",
        ["alert"] = "A-3",
        ["called"] = "ExportQueueHigh",
        ["count"] = "7",
        ["name"] = "Somebody",
        ["runs"] = "R-17",
        ["run"] = "R-17",
        ["what"] = "run-verifying",
        ["target"] = "flag/glancy.lookup.force_basic",
    };

    [Fact]
    public void Just_opened() =>
        Golden.Check(
            "open",
            words => IncidentView.Page(new IncidentDetails(World.Sev1, [], []), RunbookOnDisk.In(words))
        );

    [Fact]
    public void Its_card_while_nobody_has_it() =>
        Golden.Check("card", words => IncidentCard.Page(Called, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Its_card_in_somebodys_hands() =>
        Golden.Check(
            "card-in-hand",
            words =>
                IncidentCard.Page(
                    Called with
                    {
                        Incident = World.Sev1 with
                        {
                            Severity = Severity.Sev2,
                            Commander = "gao",
                            Acknowledged = new IncidentHand(World.Now, "wu"),
                        },
                        Clock = new IncidentClock(World.Sev1.OpenedAt, 2, 2, null),
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void What_did_not_arrive_is_on_the_card_and_who_calls_instead() =>
        Golden.Check(
            "card-not-reached",
            words =>
                IncidentCard.Page(
                    Called with
                    {
                        Clock = new IncidentClock(World.Sev1.OpenedAt, 1, 1, null),
                        Undelivered =
                        [
                            new Undelivered("sms", "lin", "http-503", World.Now),
                            new Undelivered("pagerduty", null, "not-set-up", World.Now),
                        ],
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Opened_as_less_than_the_lights_say() =>
        Golden.Check(
            "proposed",
            words =>
                IncidentView.With(
                    IncidentView.Page(
                        new IncidentDetails(World.Sev1 with { Severity = Severity.Sev3 }, [], []),
                        RunbookOnDisk.In(words)
                    ),
                    new SeverityProposal(Severity.Sev1, "HK-05", World.Now.AddMinutes(-9)),
                    words
                )
        );

    [Fact]
    public void With_everything_that_can_happen() =>
        Golden.Check(
            "timeline",
            words =>
                TimelineView.Under(
                    IncidentView.Page(Called, RunbookOnDisk.In(words)),
                    new Timeline(
                        [
                            .. Happened.Select(
                                (h, i) => new IncidentEvent(World.Now.AddMinutes(i), h.Actor, h.Kind, Facts)
                            ),
                        ],
                        0
                    ),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void A_timeline_that_is_too_long_says_so() =>
        Golden.Check(
            "timeline-cut",
            words =>
                TimelineView.Under(
                    IncidentView.Page(Called, RunbookOnDisk.In(words)),
                    new Timeline([new IncidentEvent(World.Now, "lin", "note", Facts)], 12),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void With_things_left_to_do() =>
        Golden.Check(
            "left",
            words => IncidentView.Page(new IncidentDetails(World.Sev1, [Unreviewed], Left), RunbookOnDisk.In(words))
        );

    [Fact]
    public void With_things_left_to_do_on_a_narrow_terminal() =>
        Golden.Check(
            "left-60",
            words => IncidentView.Page(new IncidentDetails(World.Sev1, [Unreviewed], Left), RunbookOnDisk.In(words)),
            width: 60
        );

    [Fact]
    public void Closed() =>
        Golden.Check(
            "closed",
            words =>
                IncidentView.Page(
                    new IncidentDetails(
                        World.Sev1 with
                        {
                            Severity = Severity.Sev2,
                            Closed = new IncidentEnd(World.Now.AddHours(2), "mei", "恢复一小时"),
                        },
                        [World.Alone],
                        []
                    ),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Sev_3() =>
        Golden.Check(
            "sev3",
            words =>
                IncidentView.Page(
                    new IncidentDetails(World.Sev1 with { Severity = Severity.Sev3 }, [], []),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Refused_with_every_reason() =>
        Golden.Check(
            "refused",
            words =>
                IncidentAnswers
                    .Refused(
                        new IncidentOutcome.Refused(
                            new Refusal("incident-not-closable", "§8", World.Sev1.Id, "3"),
                            Left
                        ),
                        words
                    )
                    .Page
        );

    [Fact]
    public void The_reasons_are_in_the_data_too()
    {
        var data = Assert.IsType<RefusalData>(
            IncidentAnswers
                .Refused(
                    new IncidentOutcome.Refused(new Refusal("incident-not-closable", "§8", World.Sev1.Id, "3"), Left),
                    Golden.En
                )
                .Data
        );

        Assert.Equal(Left.Select(r => r.Code), data.Reasons?.Select(r => r.Refused));
    }

    [Fact]
    public void In_a_list() =>
        Golden.Check(
            "list",
            words =>
                IncidentListView.Page(
                    [
                        World.Sev1,
                        World.Sev1 with
                        {
                            Id = "INC-2025-0418-02",
                            Severity = Severity.Sev3,
                            Title = "缓存命中下降",
                        },
                    ],
                    false,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void None_open() =>
        Golden.Check("list-none", words => IncidentListView.Page([], false, RunbookOnDisk.In(words)));

    [Fact]
    public void None_at_all() =>
        Golden.Check("list-none-all", words => IncidentListView.Page([], true, RunbookOnDisk.In(words)));
}
