using Glancy.Bot.Commands.Leases;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Releases;

namespace Glancy.Bot.Commands.Tests.Leases;

public class LeaseListViewTests
{
    private static readonly DateTimeOffset Free = World.Now.AddMinutes(-50);

    private static readonly Lease[] Standing =
    [
        World.Lease(1, recovers: ["HK-01", "HK-02"]),
        World.Lease(2, "flag/glancy.cache.mode", "normal", "l2_prio", "HK-03"),
        World.Lease(3, "flag/glancy.ratelimit.user_rpm", "300", "150"),
        World.Lease(4, "flag/glancy.regenerate.enabled", "true", "false", "HK-03"),
        World.Lease(5, "flag/glancy.exports.enabled", "true", "false"),
        World.Lease(6, "release/prod", "REL-B3 15%", "REL-B3 0%"),
    ];

    private static readonly Dictionary<long, UndoTerms> Terms = new()
    {
        [1] = new(UndoGround.SecondPerson, Free, ["HK-01", "HK-02"]),
        [2] = new(UndoGround.Recovered, Free, ["HK-03"]),
        [3] = new(UndoGround.Worse, Free, ["HK-04"]),
        [4] = new(UndoGround.Fresh, World.Now.AddMinutes(4), ["HK-03"]),
        [5] = new(UndoGround.SecondPerson, Free, []),
        [6] = new(UndoGround.SecondPerson, Free, []),
    };

    [Fact]
    public void Each_says_what_it_takes_to_take_it_back() =>
        Golden.Check("standing", words => View(Standing, Terms, all: false, words), width: 140, slack: true);

    [Fact]
    public void While_the_train_is_frozen_what_can_be_done_now_is_offered_and_when_the_rest_can() =>
        Golden.Check(
            "frozen",
            words =>
                View(
                    Standing,
                    Terms,
                    all: false,
                    words,
                    new ThawTerms(true, World.Now.AddMinutes(-10), World.Now.AddMinutes(20), [], World.Now)
                ),
            width: 140,
            slack: true
        );

    [Fact]
    public void Once_it_can_be_thawed_that_is_offered() =>
        Golden.Check(
            "thawable",
            words =>
                View(
                    Standing[^1..],
                    Terms,
                    all: false,
                    words,
                    new ThawTerms(true, World.Now.AddMinutes(-40), World.Now.AddMinutes(-10), [], World.Now)
                ),
            width: 140,
            slack: true
        );

    [Fact]
    public void Nothing_stands() => Golden.Check("none", words => View([], [], all: false, words));

    [Fact]
    public void Ended_ones_say_how_and_by_whom() =>
        Golden.Check(
            "ended",
            words =>
                View(
                    [
                        .. Enum.GetValues<LeaseEnd>()
                            .Select(
                                (end, i) => World.Lease(10 - i) with { EndedAt = World.Now, End = end, EndedBy = "mei" }
                            ),
                    ],
                    [],
                    all: true,
                    words
                )
        );

    [Fact]
    public void What_ends_without_a_run_says_that_production_was_not_touched() =>
        Golden.Check(
            "released",
            words =>
                LeaseRevertCommand.Page(
                    World.Lease(1) with
                    {
                        EndedAt = World.Now,
                        End = LeaseEnd.Released,
                        EndedBy = "lin",
                    },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void A_kept_one_says_that_it_stays() =>
        Golden.Check(
            "kept",
            words =>
                LeaseRevertCommand.Page(
                    World.Lease(1) with
                    {
                        EndedAt = World.Now,
                        End = LeaseEnd.Kept,
                        EndedBy = "mei",
                    },
                    RunbookOnDisk.In(words)
                )
        );

    private static Page View(
        IReadOnlyList<Lease> leases,
        Dictionary<long, UndoTerms> terms,
        bool all,
        Phrasebook words,
        ThawTerms? thaw = null
    ) => LeaseListView.Page(leases, terms, all, thaw, RunbookOnDisk.In(words));
}
