using Glancy.Bot.Commands.Status;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Watching;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Tests.Status;

public class StatusViewTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);

    private static readonly Overview Trouble = new(
        World.Snapshot(
            World.Hook("HK-01", Light.Green, 1),
            World.Hook("HK-03", Light.Red, 1.31),
            World.Hook("HK-05", Light.Unknown, null, UnknownReason.NoData)
        ),
        World.Release,
        null,
        new Freeze(World.Now.AddMinutes(-2), Actor.Bot, "HK-03", null),
        [World.Run(RunState.Draft, context: World.Red)],
        [
            new RedLight(
                new Episode(4, "HK-03", World.Now.AddMinutes(-2), World.Now, EpisodeLight.Red, 17),
                World.Run(RunState.Draft, context: World.Red)
            ),
            new RedLight(new Episode(5, "HK-06", World.Now.AddMinutes(-1), World.Now, EpisodeLight.Red, null), null),
        ],
        [World.Lease(1)],
        OnCall
    );

    [Fact]
    public void In_trouble() =>
        Golden.Check("trouble", words => StatusView.Page(Trouble, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void With_something_that_was_given_up() =>
        Golden.Check(
            "given-up",
            words => StatusView.Page(Trouble with { GivenUp = 3 }, RunbookOnDisk.In(words)),
            slack: true
        );

    [Fact]
    public void In_trouble_on_a_narrow_terminal() =>
        Golden.Check("trouble-60", words => StatusView.Page(Trouble, RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void The_number_of_a_light_is_its_worst_measure_by_name() =>
        Golden.Check(
            "worst",
            words => StatusView.Page(Trouble with { Hooks = World.Snapshot(World.Ill) }, RunbookOnDisk.In(words))
        );

    [Fact]
    public void With_an_incident() =>
        Golden.Check(
            "incident",
            words =>
                StatusView.Page(
                    Trouble with
                    {
                        Incidents =
                        [
                            World.Sev1,
                            World.Sev1 with
                            {
                                Id = "INC-2025-0418-02",
                                Severity = Glancy.Runbook.Escalation.Severity.Sev3,
                                Title = "缓存命中下降",
                            },
                        ],
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Theory]
    [InlineData("dismissed")]
    [InlineData("aborted-by")]
    public void A_red_light_whose_run_was_ended_by_a_person_is_nobodys(string code) =>
        Golden.Check(
            "nobodys-" + code,
            words =>
                StatusView.Page(
                    Trouble with
                    {
                        Runs = [],
                        Red =
                        [
                            Red(
                                EpisodeLight.Red,
                                World.Run(
                                    RunState.Aborted,
                                    outcome: new Refusal(code, "§4.4", "mei", "误报"),
                                    context: World.Red
                                )
                            ),
                        ],
                    },
                    RunbookOnDisk.In(words)
                ),
            slack: code == "dismissed"
        );

    [Theory]
    [InlineData(RunState.Expired, "R-17 expired unconfirmed")]
    [InlineData(RunState.Superseded, "R-17 was superseded")]
    [InlineData(RunState.Succeeded, "R-17 ended well, and the light did not")]
    [InlineData(RunState.Failed, "R-17 failed")]
    [InlineData(RunState.Aborted, "R-17 was aborted")]
    public void However_its_run_ended_a_red_light_without_an_open_one_is_nobodys(RunState ended, string why)
    {
        var overview = Trouble with
        {
            Runs = [],
            Red = [Red(EpisodeLight.Unknown, World.Run(ended, context: World.Red))],
        };

        Assert.Contains($"now ? UNKNOWN; {why}; nobody is handling it", Said(overview), StringComparison.Ordinal);
        Assert.Equal([new WaitingData("light", "HK-03")], StatusData.Of(overview, Golden.En).Waiting);
    }

    [Theory]
    [InlineData(EpisodeLight.Green)]
    [InlineData(EpisodeLight.Yellow)]
    [InlineData(EpisodeLight.Explained)]
    public void One_that_is_not_red_any_more_does_not_wait(EpisodeLight light) =>
        Assert.Equal(
            0,
            Waiting
                .Of(Trouble with { Runs = [], Red = [Red(light, World.Run(RunState.Succeeded, context: World.Red))] })
                .Count
        );

    [Fact]
    public void An_open_sev_1_is_never_a_green_headline()
    {
        var overview = new Overview(
            World.Snapshot(
                World.Hook("HK-01", Light.Green, 1),
                World.Hook("HK-06", Light.Red, 5, explained: "glancy.lookup.force_basic=true")
            ),
            World.Release,
            null,
            null,
            [],
            [],
            [],
            OnCall
        )
        {
            Incidents = [World.Sev1 with { Acknowledged = new Glancy.Ops.Incidents.IncidentHand(World.Now, "lin") }],
        };

        Assert.Equal(
            "Status at 04-18 09:32:05: INC-2025-0418-01 (Sev-1) open, lights ● GREEN, 1 more not green by our "
                + "own switches, 0 waiting for a person.",
            Title(overview)
        );
    }

    [Fact]
    public void What_recovers_is_not_simply_green()
    {
        var overview = new Overview(
            World.Snapshot(World.Hook("HK-01", Light.Green, 1)),
            World.Release,
            null,
            null,
            [],
            [Red(EpisodeLight.Green, World.Run(RunState.Succeeded, context: World.Red))],
            [],
            OnCall
        );

        Assert.Equal("Status at 04-18 09:32:05: ● GREEN, 1 still recovering, 0 waiting for a person.", Title(overview));
        Assert.Contains(
            "HK-03 red since 04-18 09:30:05, now recovering; last dealt with by R-17 (✓ succeeded and verified)",
            Said(overview),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Everything_that_waits_for_a_person_is_counted()
    {
        var overview = Trouble with
        {
            Runs = [World.Run(RunState.Paused, PauseReason.Manual)],
            Red = [Red(EpisodeLight.Red, null)],
            Incidents =
            [
                World.Sev1,
                World.Sev1 with
                {
                    Id = "INC-2025-0418-02",
                    Acknowledged = new Glancy.Ops.Incidents.IncidentHand(World.Now, "lin"),
                },
            ],
            Unreviewed = [World.Alone with { Review = null }],
            Handover = new Glancy.Ops.Handovers.Handover(
                World.Now.AddHours(-2),
                World.Now.AddHours(-2),
                Facts,
                null,
                null,
                null
            ),
        };

        Assert.Equal(
            ["light", "incident", "run", "review", "handover"],
            StatusData.Of(overview, Golden.En).Waiting.Select(w => w.Kind)
        );
        Assert.Contains("5 waiting for a person", Title(overview), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_ten_of_a_kind_are_counted_and_the_rest_is_said_with_its_command()
    {
        var overview = Trouble with
        {
            Runs = [.. Enumerable.Range(1, 14).Select(_ => World.Run(RunState.Draft))],
            Red = [],
            Incidents = [.. Enumerable.Range(1, 13).Select(i => World.Sev1 with { Id = $"INC-2025-0418-{i:00}" })],
            Leases = [.. Enumerable.Range(1, 12).Select(i => World.Lease(i))],
        };
        var page = StatusView.Page(overview, RunbookOnDisk.In(Golden.En));

        Assert.Contains("27 waiting for a person", page.Title.Plain, StringComparison.Ordinal);
        Assert.All(
            page.Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Table>(),
            t => Assert.Equal(StatusView.Listed, t.Rows.Count)
        );
        var paragraphs = page.Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Paragraph>().Select(p => p.Words.Plain);
        Assert.Equal(["and 4 more: glancy run list", "and 2 more: glancy lease list"], paragraphs);
        Assert.Contains("and 3 more: glancy incident list", Said(overview), StringComparison.Ordinal);
        Assert.Contains("and 17 more: glancy status --json", Said(overview), StringComparison.Ordinal);
        Assert.Equal(27, StatusData.Of(overview, Golden.En).Waiting.Count);
    }

    private static Glancy.Ops.Handovers.HandoverFacts Facts { get; } =
        new()
        {
            At = World.Now.AddHours(-2),
            Before = "night",
            Shift = "day",
            End = World.Now.AddHours(10),
            Outgoing = new Dictionary<string, IReadOnlyList<string>>(),
            Incoming = new Dictionary<string, IReadOnlyList<string>>(),
            Release = null,
            ReleaseUnknown = null,
            Frozen = null,
            Hooks = [],
            Incidents = [],
            Runs = [],
            Switches = [],
            FollowUps = [],
        };

    private static RedLight Red(EpisodeLight light, Run? run) =>
        new(new Episode(4, "HK-03", World.Now.AddMinutes(-2), World.Now, light, run?.Id), run);

    private static string Title(Overview overview) =>
        StatusView.Page(overview, RunbookOnDisk.In(Golden.En)).Title.Plain;

    private static string Said(Overview overview) =>
        string.Join(
            '\n',
            StatusView
                .Page(overview, RunbookOnDisk.In(Golden.En))
                .Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Facts>()
                .SelectMany(f => f.Items)
                .Select(f => f.Value.Plain)
        );

    [Fact]
    public void A_role_changes_hands_before_the_shift_ends() =>
        Golden.Check(
            "duty-changes",
            words =>
                StatusView.Page(
                    new Overview(
                        World.Snapshot(World.Hook("HK-01", Light.Green, 1)),
                        World.Release,
                        null,
                        null,
                        [],
                        [],
                        [],
                        OnCall
                    )
                    {
                        Changes =
                        [
                            new DutyChange(World.Now.AddHours(2), "primary", ["lin"], ["wu"], false),
                            new DutyChange(World.Now.AddHours(4), "primary", ["wu"], ["lin"], false),
                        ],
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void All_is_well() =>
        Golden.Check(
            "calm",
            words =>
                StatusView.Page(
                    new Overview(
                        World.Snapshot(World.Hook("HK-01", Light.Green, 1)),
                        World.Release,
                        null,
                        null,
                        [],
                        [],
                        [],
                        OnCall
                    ),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void The_replicas_have_different_runbooks() =>
        Golden.Check(
            "split",
            words =>
                StatusView.Page(
                    new Overview(
                        World.Snapshot(World.Hook("HK-01", Light.Green, 1)),
                        World.Release,
                        null,
                        null,
                        [],
                        [],
                        [],
                        OnCall
                    )
                    {
                        Versions = Runbook.RunbookStatusViewTests.Split,
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void The_bastion_is_away() =>
        Golden.Check(
            "bastion-away",
            words =>
                StatusView.Page(
                    new Overview(
                        World.Snapshot(World.Hook("HK-01", Light.Green, 1)),
                        null,
                        new Refusal("unreachable-bastion", "§2.3", "releasectl.stage.status"),
                        null,
                        [],
                        [],
                        [],
                        OnCall
                    ),
                    RunbookOnDisk.In(words)
                )
        );
}
