using Glancy.Bot.Commands.Home;
using Glancy.Bot.Commands.Status;
using Glancy.Ops.Handovers;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Home;

public class HomeViewTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);
    private static readonly Run Waiting = World.Run(RunState.Draft);

    private static readonly Overview Overview = new(
        World.Snapshot(World.Hook("HK-03", Light.Red, 1.31), World.Hook("HK-01", Light.Green, 0.9995)),
        World.Release,
        null,
        null,
        [Waiting, World.Run(RunState.Verifying)],
        [],
        [World.Lease(2)],
        OnCall
    )
    {
        Incidents = [World.Sev1],
    };

    [Fact]
    public void What_waits_for_the_person_comes_first() =>
        Golden.Check(
            "waiting",
            words =>
                HomeView.Page(
                    Overview,
                    [Waiting],
                    [new FollowUp(3, "23:00 重新开放再生成", null, "lin", World.Now)],
                    RunbookOnDisk.Content.People["lin"],
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void A_quiet_shift() =>
        Golden.Check(
            "quiet",
            words =>
                HomeView.Page(
                    Overview with
                    {
                        Runs = [],
                        Incidents = [],
                        Leases = [],
                        Hooks = World.Snapshot(World.Hook("HK-01", Light.Green, 0.9995)),
                    },
                    [],
                    [],
                    RunbookOnDisk.Content.People["olga"],
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Theory]
    [InlineData("lin", true)]
    [InlineData("wu", true)]
    [InlineData("mei", true)]
    [InlineData("olga", false)]
    [InlineData("dong", false)]
    public void It_waits_for_whoever_may_confirm_it(string person, bool waits) =>
        Assert.Equal(
            waits,
            HomeView
                .Mine(Overview.Runs, RunbookOnDisk.Content.People[person], OnCall, RunbookOnDisk.In(Golden.En))
                .Count == 1
        );

    [Fact]
    public void It_does_not_wait_for_who_has_confirmed_it() =>
        Assert.Empty(
            HomeView.Mine(
                [World.Run(RunState.AwaitingSecond)],
                RunbookOnDisk.Content.People["wu"],
                OnCall,
                RunbookOnDisk.In(Golden.En)
            )
        );
}
