using Glancy.Bot.Commands.Patrols;
using Glancy.Ops.Patrols;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Patrols;

namespace Glancy.Bot.Commands.Tests.Patrols;

public class PatrolViewTests
{
    private static readonly Patrol Queues = RunbookOnDisk.Content.Patrols.Single(p => p.Id == "queues");
    private static readonly Patrol Backup = RunbookOnDisk.Content.Patrols.Single(p => p.Id == "backup");

    private static readonly PatrolRun High = new(
        "queues",
        World.Now,
        World.Now,
        PatrolResult.Yellow,
        [
            new("depth", Queues.Measures[0].Name, Light.Yellow, "812", "> 2000", false, null),
            new("age", Queues.Measures[1].Name, Light.Green, "275 s", "> 300 s", true, null),
        ],
        0,
        "patrol:queues:x"
    );

    [Fact]
    public void The_queue_is_high() =>
        Golden.Check("high", words => PatrolView.One(Queues, High, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void Nobody_could_look_and_some_were_missed() =>
        Golden.Check(
            "unknown",
            words =>
                PatrolView.One(
                    Queues,
                    High with
                    {
                        Result = PatrolResult.Unknown,
                        Missed = 5,
                        Lines =
                        [
                            .. High.Lines.Select(l => l with { Light = Light.Unknown, Value = null, Near = false }),
                        ],
                    },
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void It_is_well_again() =>
        Golden.Check(
            "green",
            words =>
                PatrolView.One(
                    Queues,
                    High with
                    {
                        Result = PatrolResult.Green,
                        Lines =
                        [
                            High.Lines[0] with
                            {
                                Light = Light.Green,
                                Value = "12",
                            },
                            new(
                                "HK-06",
                                RunbookOnDisk.Content.Hooks[5].Name,
                                Light.Red,
                                "4 %",
                                "> 1 %",
                                false,
                                "glancy.lookup.force_basic=true"
                            ),
                        ],
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void A_person_has_to_look() =>
        Golden.Check(
            "by-person",
            words =>
                PatrolView.One(
                    Backup,
                    new PatrolRun("backup", World.Now, World.Now, PatrolResult.Unknown, [], 0, null),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void A_release_that_was_not_recorded()
    {
        var release = RunbookOnDisk.Content.Patrols.Single(p => p.Id == "release");
        var gates = RunbookOnDisk.Content.Ladder.Rungs.Single(r => r.Batch == "REL-B5").Gates;
        var (attested, read) = (gates.First(g => g.Attestation), gates.First(g => g.Limit is not null));
        Golden.Check(
            "release",
            words =>
                PatrolView.One(
                    release,
                    new PatrolRun(
                        "release",
                        World.Now,
                        World.Now,
                        PatrolResult.Red,
                        [
                            new(
                                "HK-01",
                                RunbookOnDisk.Content.Hooks[0].Name,
                                Light.Green,
                                "99.97 %",
                                "< 99.9 %",
                                false,
                                null
                            ),
                            new(
                                read.Id,
                                read.Name,
                                Light.Red,
                                "99.82 %",
                                read.Limit?.Negated.ToString() ?? "",
                                false,
                                null
                            ),
                            new(attested.Id, attested.Name, Light.Unknown, null, "", false, null) { Attested = true },
                            new(
                                PatrolReader.Record,
                                new Glancy.Runbook.Words(PatrolReader.Record, PatrolReader.Record),
                                Light.Yellow,
                                "promote REL-B4 50 % ≠ REL-B5 100 %",
                                "",
                                false,
                                null
                            ),
                        ],
                        0,
                        "patrol:release:x"
                    ),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );
    }

    [Fact]
    public void All_of_them() =>
        Golden.Check(
            "list",
            words =>
                PatrolView.List(
                    RunbookOnDisk.Content.Patrols,
                    new Dictionary<string, PatrolRun>
                    {
                        ["queues"] = High,
                        ["cost"] = new("cost", World.Now, World.Now, PatrolResult.Green, [], 0, null),
                        ["shift-start"] = High with { Patrol = "shift-start", Result = PatrolResult.Near },
                    },
                    World.Now,
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );
}
