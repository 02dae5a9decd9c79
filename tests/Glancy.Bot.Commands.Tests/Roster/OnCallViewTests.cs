using Glancy.Bot.Commands.Roster;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Tests.Roster;

public class OnCallViewTests
{
    private static readonly OnCall Now = DutyRoster.Resolve(RunbookOnDisk.Content, World.Now);
    private static readonly OnCall Next = DutyRoster.Resolve(RunbookOnDisk.Content, Now.ShiftEnd);

    [Fact]
    public void The_day_shift() => Golden.Check("day", words => OnCallView.Page(Now, Next, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Nobody_holds_a_role() => Golden.Check("nobody", words => OnCallView.Page(
        Now with { Holders = new Dictionary<string, IReadOnlyList<Person>>() }, Next, RunbookOnDisk.In(words)), width: 60);
}
