using Glancy.Bot.Commands.Status;
using Glancy.Ops;
using Glancy.Ops.Episodes;
using Glancy.Ops.Hooks;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Tests.Status;

public class StatusViewTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);

    private static readonly Overview Trouble = new(
        World.Snapshot(World.Hook("HK-01", Light.Green, 1), World.Hook("HK-03", Light.Red, 1.31), World.Hook("HK-05", Light.Unknown, null, UnknownReason.NoData)),
        World.Release,
        null,
        new Freeze(World.Now.AddMinutes(-2), Run.Bot, "HK-03", null),
        [World.Run(RunState.Draft, context: World.Red)],
        [new RedLight(new Episode(4, "HK-03", World.Now.AddMinutes(-2), World.Now, EpisodeLight.Red, 17), World.Run(RunState.Draft, context: World.Red)), new RedLight(new Episode(5, "HK-06", World.Now.AddMinutes(-1), World.Now, EpisodeLight.Red, null), null)],
        [World.Lease(1)],
        OnCall);

    [Fact]
    public void In_trouble() => Golden.Check("trouble", words => StatusView.Page(Trouble, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void In_trouble_on_a_narrow_terminal() => Golden.Check("trouble-60", words => StatusView.Page(Trouble, RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void With_an_incident() => Golden.Check("incident", words => StatusView.Page(
        Trouble with { Incidents = [World.Sev1, World.Sev1 with { Id = "INC-2025-0418-02", Severity = Glancy.Ops.Incidents.Severity.Sev3, Title = "缓存命中下降" }] }, RunbookOnDisk.In(words)));

    [Fact]
    public void All_is_well() => Golden.Check("calm", words => StatusView.Page(
        new Overview(World.Snapshot(World.Hook("HK-01", Light.Green, 1)), World.Release, null, null, [], [], [], OnCall), RunbookOnDisk.In(words)));

    [Fact]
    public void The_replicas_have_different_runbooks() => Golden.Check("split", words => StatusView.Page(
        new Overview(World.Snapshot(World.Hook("HK-01", Light.Green, 1)), World.Release, null, null, [], [], [], OnCall) { Versions = Runbook.RunbookStatusViewTests.Split }, RunbookOnDisk.In(words)));

    [Fact]
    public void The_bastion_is_away() => Golden.Check("bastion-away", words => StatusView.Page(
        new Overview(World.Snapshot(World.Hook("HK-01", Light.Green, 1)), null, new Refusal("unreachable-bastion", "§2.3", "releasectl.stage.status"), null, [], [], [], OnCall), RunbookOnDisk.In(words)));
}
