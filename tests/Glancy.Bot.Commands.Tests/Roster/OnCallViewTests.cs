using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;
using Glancy.Ops.Roster.Sources;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Tests.Roster;

public class OnCallViewTests
{
    private static readonly OnCall Now = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);
    private static readonly EnteredOverride Taken = new(3, "take-over", new RosterOverride("primary", "zhao", World.Now, Now.ShiftEnd, "lin <!here> 不回电话"), "zhao", World.Now, null, null);
    private static readonly OnCall Next = DutyRoster.Plan(RunbookOnDisk.Content, Now.ShiftEnd);

    [Fact]
    public void The_day_shift() => Golden.Check("day", words => OnCallView.Page(Now, Next, [], RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Somebody_took_over_and_another_is_given_a_role_later() => Golden.Check(
        "overrides",
        words => OnCallView.Page(
            DutyRoster.Plan(RunbookOnDisk.Content, World.Now, Taken.Change),
            Next,
            [Taken, new EnteredOverride(4, "override", new RosterOverride("dba", "olga", Now.ShiftEnd, Now.ShiftEnd.AddHours(12), "董舒请假"), "mei", World.Now, null, null)],
            RunbookOnDisk.In(words)),
        slack: true);

    [Fact]
    public void Those_who_leave_keep_their_role() => Golden.Check(
        "kept", words => OnCallView.Page(DutyRoster.Resolve(RunbookOnDisk.Content, Now.ShiftEnd.AddMinutes(5), null), Next, [], RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Roles_that_are_kept_elsewhere() => Golden.Check("sources", words => OnCallView.Page(Now, Next, [], new Names(words, Elsewhere)), slack: true);

    // Primary is heard of, the DBA is not.
    private static RunbookContent Elsewhere => RunbookOnDisk.Content with
    {
        Roster = RunbookOnDisk.Content.Roster with
        {
            Sources = [new RosterSource("primary", SourceKind.PagerDuty, "PABC123", TimeSpan.FromMinutes(30)), new RosterSource("dba", SourceKind.SlackGroup, "S0ABCDEF1", TimeSpan.FromHours(1))],
            Heard = new HeardRoster([new HeardRole("primary", World.Now.AddMinutes(-1), null)], [new RosterTurn("primary", "lin", World.Now, null)]),
        },
    };

    [Fact]
    public void Whoever_has_a_telephone_is_called_by_a_tap() => Golden.CheckSlack("phones", words => SlackPage.Render(OnCallView.Page(Now, Next, [], new Names(words, WithTelephone)), [], words));

    private static RunbookContent WithTelephone => RunbookOnDisk.Content with
    {
        People = RunbookOnDisk.Content.People.ToDictionary(p => p.Key, p => p.Key == "lin" ? p.Value with { Phone = "+8613900000000" } : p.Value),
    };

    [Fact]
    public void A_holiday_is_named() => Golden.Check(
        "holiday", words => OnCallView.Page(DutyRoster.Plan(RunbookOnDisk.Content, new DateTimeOffset(2025, 5, 1, 4, 0, 0, TimeSpan.Zero)), Next, [], RunbookOnDisk.In(words)));

    [Fact]
    public void Nobody_holds_a_role() => Golden.Check("nobody", words => OnCallView.Page(
        Now with { Holders = new Dictionary<string, IReadOnlyList<Person>>() }, Next, [], RunbookOnDisk.In(words)), width: 60);
}
