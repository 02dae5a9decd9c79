using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Roster;

namespace Glancy.Bot.Commands.Tests.Roster;

public class OnCallViewTests
{
    private static readonly OnCall Now = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);
    private static readonly EnteredOverride Taken = new(
        3,
        "take-over",
        new RosterOverride("primary", "zhao", World.Now, Now.ShiftEnd, "lin <!here> 不回电话"),
        "zhao",
        World.Now,
        null,
        null
    );
    private static readonly RunbookContent Content = RunbookOnDisk.Content;

    [Fact]
    public void The_day_shift() =>
        Golden.Check("day", words => OnCallView.Page(Duty(), RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Somebody_took_over_and_another_is_given_a_role_later() =>
        Golden.Check(
            "overrides",
            words =>
                OnCallView.Page(
                    Duty(
                        entered:
                        [
                            Taken,
                            new EnteredOverride(
                                4,
                                "override",
                                new RosterOverride("dba", "olga", Now.ShiftEnd, Now.ShiftEnd.AddHours(12), "董舒请假"),
                                "mei",
                                World.Now,
                                null,
                                null
                            ),
                        ]
                    ),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void Those_who_leave_keep_their_role() =>
        Golden.Check(
            "kept",
            words =>
                OnCallView.Page(
                    DutyOutlook.Of(
                        Content,
                        DutyRoster.Resolve(Content, Now.ShiftEnd.AddMinutes(5), null),
                        Now.ShiftEnd.AddMinutes(5),
                        []
                    ),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void Roles_that_are_kept_elsewhere() =>
        Golden.Check(
            "sources",
            words =>
                OnCallView.Page(
                    DutyOutlook.Of(Elsewhere, DutyRoster.Plan(Elsewhere, World.Now), World.Now, []),
                    new Names(words, Elsewhere)
                ),
            slack: true
        );

    // Primary is heard of, the DBA is not.
    private static RunbookContent Elsewhere =>
        RunbookOnDisk.Content with
        {
            Roster = RunbookOnDisk.Content.Roster with
            {
                Sources =
                [
                    new RosterSource("primary", SourceKind.PagerDuty, "PABC123", TimeSpan.FromMinutes(30)),
                    new RosterSource("dba", SourceKind.SlackGroup, "S0ABCDEF1", TimeSpan.FromHours(1)),
                ],
                Heard = new HeardRoster(
                    [new HeardRole("primary", World.Now.AddMinutes(-1), null)],
                    [new RosterTurn("primary", "lin", World.Now, null)]
                ),
            },
        };

    [Fact]
    public void Whoever_has_a_telephone_is_called_by_a_tap() =>
        Golden.CheckSlack(
            "phones",
            words => SlackPage.Render(OnCallView.Page(Duty(), new Names(words, WithTelephone)), [], words)
        );

    private static RunbookContent WithTelephone =>
        RunbookOnDisk.Content with
        {
            People = RunbookOnDisk.Content.People.ToDictionary(
                p => p.Key,
                p => p.Key == "lin" ? p.Value with { Phone = "+8613900000000" } : p.Value
            ),
        };

    [Fact]
    public void A_holiday_is_named() =>
        Golden.Check(
            "holiday",
            words =>
                OnCallView.Page(
                    Duty(at: new DateTimeOffset(2025, 5, 1, 4, 0, 0, TimeSpan.Zero)),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Nobody_holds_a_role() =>
        Golden.Check(
            "nobody",
            words =>
                OnCallView.Page(
                    DutyOutlook.Of(
                        Content,
                        Now with
                        {
                            Holders = new Dictionary<string, IReadOnlyList<Person>>(),
                        },
                        World.Now,
                        []
                    ),
                    RunbookOnDisk.In(words)
                ),
            width: 60
        );

    [Fact]
    public void A_file_gives_a_role_away_inside_the_shift() =>
        Golden.Check(
            "file",
            words =>
                OnCallView.Page(
                    DutyOutlook.Of(Filed, DutyRoster.Plan(Filed, World.Now), World.Now, []),
                    new Names(words, Filed)
                ),
            slack: true
        );

    [Fact]
    public void The_data_names_the_next_real_change_and_the_file()
    {
        var data = OnCallData.Of(DutyOutlook.Of(Filed, DutyRoster.Plan(Filed, World.Now), World.Now, []));

        Assert.Equal(["wu"], data.Next["primary"]);
        Assert.Equal(["zhao"], data.Next["secondary"]);
        Assert.Equal(["mei", "han"], data.Next["release-manager"]);
        var over = Assert.Single(data.Overrides);
        Assert.Equal(
            (null, "file", "primary", "wu", "roster/leave.csv:2"),
            (over.Override, over.Kind, over.Role, over.Person, over.By)
        );
        Assert.Equal(
            [
                (World.Now.AddHours(2), "lin", "wu", false),
                (World.Now.AddHours(4), "wu", "lin", false),
                (Now.ShiftEnd, "lin", "chen", true),
            ],
            data.Changes.Where(c => c.Role == "primary")
                .Take(3)
                .Select(c => (c.At, c.Before[0], c.After[0], c.WithShift))
        );
    }

    private static RunbookContent Filed =>
        Content with
        {
            Roster = Content.Roster with
            {
                Overrides =
                [
                    new RosterOverride("primary", "wu", World.Now.AddHours(2), World.Now.AddHours(4), "看牙医")
                    {
                        File = "roster/leave.csv",
                        Line = 2,
                    },
                ],
            },
        };

    private static DutyOutlook Duty(DateTimeOffset? at = null, params IReadOnlyList<EnteredOverride> entered) =>
        DutyOutlook.Of(
            Content,
            DutyRoster.Plan(Content, at ?? World.Now, [.. entered.Select(e => e.Change)]),
            at ?? World.Now,
            entered
        );
}
