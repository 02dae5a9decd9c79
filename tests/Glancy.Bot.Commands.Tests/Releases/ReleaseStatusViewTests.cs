using Glancy.Bot.Commands.Releases;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Releases;

namespace Glancy.Bot.Commands.Tests.Releases;

public class ReleaseStatusViewTests
{
    private static readonly Ladder Ladder = RunbookOnDisk.Content.Ladder;

    private static ReleaseView Rolling()
    {
        var next = Ladder.Find("REL-B4") ?? throw new InvalidOperationException("no B4");
        var states = new[] { GateState.Passed, GateState.Failed, GateState.Unknown, GateState.NeedsAttestation };
        var gates = next
            .Gates.Take(4)
            .Select(
                (gate, i) =>
                    new GateReading(
                        gate,
                        states[i],
                        states[i] is GateState.Passed or GateState.Failed && gate.Limit is not null
                            ? gate.Limit.Limit
                            : null,
                        gate.Limit,
                        i == 1 ? "green" : QueryText.Total,
                        gate.Limit is null && i < 2 ? Light.Green : null,
                        i == 2 ? UnknownReason.NoData : null
                    )
            )
            .ToList();
        return new ReleaseView(
            World.Release,
            null,
            Ladder.Find("REL-B3"),
            next,
            gates,
            new Freeze(World.Now.AddMinutes(-1), Glancy.Runbook.People.Actor.Bot, "HK-03", null),
            [
                new BatchRecord(World.Now.AddMinutes(-22), "REL-B3", "promote", 15m, "active", null, null),
                new BatchRecord(World.Now.AddDays(-1), "REL-B2", "rollback", 0m, "verified", "R-9", null),
            ]
        )
        {
            At = World.Now,
            Thaw = new ThawTerms(false, null, null, [World.Hook("HK-03", Light.Red, 1.31)], World.Now),
        };
    }

    [Fact]
    public void A_batch_is_rolling_out_and_frozen() =>
        Golden.Check("rolling", words => ReleaseStatusView.Page(Rolling(), RunbookOnDisk.In(words)));

    [Fact]
    public void A_freeze_that_has_to_stay_a_while() =>
        Golden.Check(
            "thaw-later",
            words =>
                ReleaseStatusView.Page(
                    Rolling() with
                    {
                        Thaw = new ThawTerms(true, World.Now.AddMinutes(-10), World.Now.AddMinutes(20), [], World.Now),
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void A_freeze_that_can_be_lifted() =>
        Golden.Check(
            "thaw-now",
            words =>
                ReleaseStatusView.Page(
                    Rolling() with
                    {
                        Thaw = new ThawTerms(true, World.Now.AddMinutes(-31), World.Now.AddMinutes(-1), [], World.Now),
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void It_fits_a_narrow_terminal() =>
        Golden.Check("rolling-60", words => ReleaseStatusView.Page(Rolling(), RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void No_batch() =>
        Golden.Check(
            "none",
            words =>
                ReleaseStatusView.Page(
                    new ReleaseView(
                        World.Release with
                        {
                            Batch = null,
                            Weight = 0,
                            State = "none",
                            OldKeptUntil = null,
                        },
                        null,
                        null,
                        Ladder.Find("REL-B1"),
                        [],
                        null,
                        []
                    )
                    {
                        At = World.Now,
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void The_old_version_is_kept_a_while_longer() =>
        Golden.Check(
            "kept",
            words => ReleaseStatusView.Page(FullyOut(World.Now.AddMinutes(12)), RunbookOnDisk.In(words))
        );

    [Fact]
    public void The_old_version_is_gone() =>
        Golden.Check(
            "old-gone",
            words => ReleaseStatusView.Page(FullyOut(World.Now.AddMinutes(-2)), RunbookOnDisk.In(words))
        );

    [Fact]
    public void After_a_rollback_the_old_version_has_all_the_traffic() =>
        Golden.Check(
            "rolled-back",
            words =>
                ReleaseStatusView.Page(
                    Rolling() with
                    {
                        Status = World.Release with { Weight = 0, State = "rolled-back", OldKeptUntil = null },
                        Current = null,
                        History =
                        [
                            new BatchRecord(World.Now.AddMinutes(-1), "REL-B3", "rollback", 0m, "running", "R-9", null),
                        ],
                    },
                    RunbookOnDisk.In(words)
                )
        );

    private static ReleaseView FullyOut(DateTimeOffset keptUntil) =>
        new(
            World.Release with
            {
                Batch = "REL-B5",
                Weight = 100,
                State = "complete",
                OldKeptUntil = keptUntil,
            },
            null,
            Ladder.Find("REL-B5"),
            null,
            [],
            null,
            []
        )
        {
            At = World.Now,
        };

    [Fact]
    public void The_bastion_and_the_products_database_are_away() =>
        Golden.Check(
            "unknown",
            words =>
                ReleaseStatusView.Page(
                    new ReleaseView(
                        null,
                        new Refusal("unreachable-bastion", "§2.3", "releasectl.stage.status"),
                        null,
                        null,
                        [],
                        null,
                        null
                    ),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Frozen_by_hand() =>
        Golden.Check("frozen", words => ReleaseFreezeCommand.Page("mei", "429 上升", RunbookOnDisk.In(words)));
}
