using Glancy.Bot.Commands.Patrols;
using Glancy.Ops.Hooks;
using Glancy.Ops.Patrols;

namespace Glancy.Bot.Commands.Tests.Patrols;

public class PatrolViewTests
{
    private static readonly Patrol Queues = RunbookOnDisk.Content.Patrols.Single(p => p.Id == "queues");
    private static readonly Patrol Backup = RunbookOnDisk.Content.Patrols.Single(p => p.Id == "backup");

    private static readonly PatrolRun High = new(
        "queues", World.Now, World.Now, PatrolResult.Yellow,
        [new("depth", Queues.Measures[0].Name, Light.Yellow, "812", "> 2000", false, null), new("age", Queues.Measures[1].Name, Light.Green, "275 s", "> 300 s", true, null)],
        0, "patrol:queues:x");

    [Fact]
    public void The_queue_is_high() => Golden.Check("high", words => PatrolView.One(Queues, High, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Nobody_could_look_and_some_were_missed() => Golden.Check(
        "unknown",
        words => PatrolView.One(
            Queues, High with { Result = PatrolResult.Unknown, Missed = 5, Lines = [.. High.Lines.Select(l => l with { Light = Light.Unknown, Value = null, Near = false })] }, RunbookOnDisk.In(words)),
        slack: true);

    [Fact]
    public void It_is_well_again() => Golden.Check(
        "green",
        words => PatrolView.One(Queues, High with { Result = PatrolResult.Green, Lines = [High.Lines[0] with { Light = Light.Green, Value = "12" }, new("HK-06", RunbookOnDisk.Content.Hooks[5].Name, Light.Red, "4 %", "> 1 %", false, "glancy.lookup.force_basic=true")] }, RunbookOnDisk.In(words)));

    [Fact]
    public void A_person_has_to_look() => Golden.Check("by-person", words => PatrolView.One(Backup, new PatrolRun("backup", World.Now, World.Now, PatrolResult.Unknown, [], 0, null), RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void All_of_them() => Golden.Check(
        "list",
        words => PatrolView.List(
            RunbookOnDisk.Content.Patrols,
            new Dictionary<string, PatrolRun> { ["queues"] = High, ["cost"] = new("cost", World.Now, World.Now, PatrolResult.Green, [], 0, null), ["shift-start"] = High with { Patrol = "shift-start", Result = PatrolResult.Near } },
            World.Now,
            RunbookOnDisk.In(words)),
        slack: true);
}
