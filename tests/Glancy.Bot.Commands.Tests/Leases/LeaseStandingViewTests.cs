using Glancy.Bot.Commands.Leases;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Leases;

namespace Glancy.Bot.Commands.Tests.Leases;

public class LeaseStandingViewTests
{
    private static readonly Lease[] Standing =
    [
        World.Lease(1, recovers: ["HK-01", "HK-02"]),
        World.Lease(2, "flag/glancy.cache.mode", "normal", "l2_prio", "HK-03"),
        World.Lease(3, "flag/glancy.lookup.force_basic", "true", "true"),
        World.Lease(6, "release/prod", "REL-B3 15%", "REL-B3 0%"),
    ];

    private static readonly Dictionary<long, UndoTerms> Terms = new()
    {
        [1] = new(UndoGround.SecondPerson, World.Now, ["HK-01", "HK-02"]),
        [2] = new(UndoGround.Recovered, World.Now, ["HK-03"]),
        [3] = new(UndoGround.SecondPerson, World.Now, []),
        [6] = new(UndoGround.SecondPerson, World.Now, []),
    };

    [Fact]
    public void Each_target_has_the_button_of_its_newest_and_the_easy_ones_come_first() =>
        Golden.Check(
            "card-standing",
            words => LeaseStandingView.Page(Standing, Terms, false, RunbookOnDisk.In(words)),
            width: 140,
            slack: true
        );

    [Fact]
    public void The_share_of_a_frozen_train_has_no_button()
    {
        var page = LeaseStandingView.Page(Standing, Terms, true, RunbookOnDisk.In(Golden.En));

        Assert.Equal(
            ["glancy lease revert L-2 --reason ...", "glancy lease revert L-3 --reason ...", "glancy lease list"],
            Assert.Single(page.Blocks.OfType<Block.Actions>()).Items.Select(a => a.Command)
        );
    }

    [Fact]
    public void All_are_taken_back() =>
        Golden.Check(
            "card-none",
            words => LeaseStandingView.Page([], Terms, false, RunbookOnDisk.In(words)),
            slack: true
        );
}
