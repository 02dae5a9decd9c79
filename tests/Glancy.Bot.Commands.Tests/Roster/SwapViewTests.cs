using Glancy.Bot.Commands.Roster;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Tests.Roster;

public class SwapViewTests
{
    private static readonly DateTimeOffset Day = DutyRoster
        .Plan(RunbookOnDisk.Content, World.Now)
        .ShiftEnd.AddHours(12);
    private static readonly Swap Proposed = new(
        1,
        "lin",
        "chen",
        new Turn("primary", Day, Day.AddHours(12)),
        new Turn("primary", Day.AddHours(36), Day.AddHours(48)),
        "家里 <!here> 有喜事",
        World.Now,
        null
    );

    [Fact]
    public void It_waits_for_the_other_side() =>
        Golden.Check("proposed", words => SwapView.Page(Proposed, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void It_is_accepted() =>
        Golden.Check(
            "accepted",
            words =>
                SwapView.Page(
                    Proposed with
                    {
                        Take = null,
                        Ended = new(World.Now, "chen", true),
                    },
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void It_is_declined() =>
        Golden.Check(
            "declined",
            words => SwapView.Page(Proposed with { Ended = new(World.Now, "chen", false) }, RunbookOnDisk.In(words))
        );

    [Fact]
    public void The_roster_does_not_work_out() =>
        Golden.Check(
            "gaps",
            words =>
                RosterGapsView.Page(
                    [
                        new RosterGap(GapKind.Nobody, "dba", Day, Day.AddDays(2), []),
                        new RosterGap(GapKind.Several, "primary", Day, Day.AddHours(2), ["lin", "chen"]),
                        new RosterGap(GapKind.Alone, "secondary", Day.AddHours(3), Day.AddHours(4), ["lin"]),
                    ],
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void The_roster_works_out() =>
        Golden.Check("no-gaps", words => RosterGapsView.Page([], RunbookOnDisk.In(words)));
}
