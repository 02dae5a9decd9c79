using Glancy.Bot.Commands.Handovers;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Handovers;

public class HandoverViewTests
{
    private static readonly OnCall Day = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);
    private static readonly DateTimeOffset Evening = Day.ShiftEnd;

    private static readonly HandoverFacts Before = new()
    {
        At = Evening.AddHours(-12),
        Before = "night",
        Shift = "day",
        End = Evening,
        Outgoing = People("chen", "zhao"),
        Incoming = People("lin", "wu"),
        Release = new ReleaseFact("REL-B2", 5, "active"),
        ReleaseUnknown = null,
        Frozen = null,
        Hooks = [new("HK-01", Light.Green, "100 %", false, null), new("HK-03", Light.Green, "0.4×", false, null)],
        Incidents = [],
        Runs = [],
        Switches = [],
        FollowUps = [new(1, "昨晚的演练截图未上传", null, "chen", Evening.AddHours(-14))],
    };

    private static readonly HandoverFacts Facts = new()
    {
        At = Evening,
        Before = "day",
        Shift = "night",
        End = Evening.AddHours(12),
        Outgoing = People("lin", "wu"),
        Incoming = People("chen", "zhao"),
        Release = new ReleaseFact("REL-B3", 15, "active"),
        ReleaseUnknown = null,
        Frozen = "HK-03 红灯",
        Hooks =
        [
            new("HK-01", Light.Green, "99.95 %", true, null),
            new("HK-03", Light.Yellow, "0.83×", false, null),
            new("HK-05", Light.Unknown, null, false, null),
            new("HK-06", Light.Red, "4.1 %", false, "glancy.lookup.force_basic=true"),
        ],
        Incidents = [new("INC-2025-0418-01", "Sev-2", "导出延迟 <!channel>", Evening.AddHours(-3), null)],
        Runs = [new("R-17", new("回滚 REL-B3（全量）", "Roll back REL-B3 (full)"), "Verifying")],
        Switches =
        [
            new("L-2", "flag/glancy.regenerate.enabled", "false", "lin", Evening.AddHours(-9), []),
            new("L-3", "flag/glancy.lookup.force_basic", "true", "lin", Evening.AddHours(-2), ["HK-06"]),
        ],
        FollowUps =
        [
            new(1, "昨晚的演练截图未上传", null, "chen", Evening.AddHours(-26)),
            new(3, "23:00 重新开放再生成", "https://glancy.slack.com/archives/C1/p1", "lin", Evening.AddHours(-1)),
        ],
    };

    private static readonly Handover Waiting = new(Evening, Evening, Facts, null, null, null);
    private static readonly Handover Taken = Waiting with
    {
        Accepted = new(Evening.AddMinutes(4), "chen"),
        Left = ["INC-2025-0418-01", "L-2", "L-3", "R-17", Handover.Frozen, "F-1", "F-3"],
    };

    [Fact]
    public void It_waits_for_the_incoming_Primary() =>
        Golden.Check(
            "waiting",
            words => HandoverView.Page(Waiting, Facts, Before, RunbookOnDisk.In(words)),
            slack: true
        );

    [Fact]
    public void It_is_taken_and_something_is_left() =>
        Golden.Check("taken", words => HandoverView.Page(Taken, Facts, Before, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Somebody_else_is_Primary_for_a_part_of_the_shift() =>
        Golden.Check(
            "part",
            words =>
                HandoverView.Page(
                    Waiting,
                    Facts with
                    {
                        Changes =
                        [
                            new DutyChange(Evening.AddHours(3), "primary", ["chen"], ["wu"], false),
                            new DutyChange(Evening.AddHours(7), "primary", ["wu"], ["chen"], false),
                        ],
                    },
                    null,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void It_is_clean() =>
        Golden.Check(
            "clean",
            words =>
                HandoverView.Page(
                    Taken with
                    {
                        Facts = Before,
                        Clean = new(Evening.AddMinutes(4), "chen"),
                        Left = [],
                    },
                    Before with
                    {
                        At = Evening,
                        FollowUps = [],
                    },
                    null,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void It_is_clean_and_something_is_carried_over() =>
        Golden.Check(
            "carried",
            words =>
                HandoverView.Page(
                    Taken with
                    {
                        Facts = Before,
                        Clean = new(Evening.AddMinutes(4), "chen"),
                        Left = ["L-3", "F-1"],
                    },
                    Before with
                    {
                        At = Evening,
                    },
                    null,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void It_was_opened_late_and_the_release_tool_was_away() =>
        Golden.Check(
            "late",
            words =>
                HandoverView.Page(
                    Waiting,
                    Facts with
                    {
                        At = Evening.AddHours(1),
                        Release = null,
                        ReleaseUnknown = new Refusal("unreachable-bastion", "§2.3", "releasectl.stage.status"),
                        Hooks = [],
                    },
                    null,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void How_it_would_be_now() =>
        Golden.Check(
            "preview",
            words => HandoverView.Preview(Facts with { At = World.Now }, Waiting, Day, RunbookOnDisk.In(words)),
            slack: true
        );

    [Fact]
    public void Nothing_is_left_to_follow_up() =>
        Golden.Check("no-follow-ups", words => HandoverView.FollowUps("x", [], World.Now, RunbookOnDisk.In(words)));

    [Fact]
    public void Follow_ups_with_their_age() =>
        Golden.Check(
            "follow-ups",
            words => HandoverView.FollowUps("x", Facts.FollowUps, Evening, RunbookOnDisk.In(words)),
            slack: true
        );

    [Fact]
    public void What_keeps_it_from_being_clean() =>
        Golden.Check(
            "left",
            words => new Commands.Pages.Page(
                "x",
                [
                    HandoverView.InTheWay(
                        [
                            new Refusal("handover-incident-unowned", "§3", "INC-2025-0418-01", "Sev-2", "导出延迟"),
                            new Refusal(
                                "handover-switch-without-rule",
                                "§3",
                                "L-2",
                                "glancy.regenerate.enabled",
                                "false",
                                "lin"
                            ),
                        ],
                        words
                    ),
                ]
            )
        );

    [Fact]
    public void The_card_mentions_who_is_to_take_over() =>
        Golden.CheckSlack(
            "card-waiting",
            words =>
            {
                var names = RunbookOnDisk.In(words);
                return SlackNotice.Card(
                    new NoticeCard(
                        HandoverView.Page(Waiting, Facts, Before, names),
                        [RunbookOnDisk.Content.People["chen"]]
                    ),
                    new Uri("https://glancy.slack.com/archives/C0GLANCY1/p1744930800000100"),
                    names,
                    new Commands.Masking.PageMask(Unrecorded.Revealing().Masker(), new HashSet<string>())
                );
            }
        );

    private static Dictionary<string, IReadOnlyList<string>> People(string primary, string secondary) =>
        new() { ["primary"] = [primary], ["secondary"] = [secondary] };
}
