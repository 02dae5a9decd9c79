using Glancy.Bot.Commands.Leases;
using Glancy.Ops.Leases;

namespace Glancy.Bot.Commands.Tests.Leases;

public class LeaseOfferViewTests
{
    private static readonly Lease Open = World.Lease(2, recovers: ["HK-01", "HK-02"]);

    [Fact]
    public void It_may_go_back() =>
        Golden.Check(
            "offered",
            words =>
                LeaseOfferView.Page(
                    Open,
                    new UndoTerms(UndoGround.Recovered, World.Now, Open.Recovers),
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void It_has_not_recovered_after_all() =>
        Golden.Check(
            "withdrawn",
            words =>
                LeaseOfferView.Page(
                    Open,
                    new UndoTerms(UndoGround.SecondPerson, World.Now, Open.Recovers),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void It_has_ended() =>
        Golden.Check(
            "offer-ended",
            words =>
                LeaseOfferView.Page(
                    Open with
                    {
                        EndedAt = World.Now,
                        End = LeaseEnd.Reverted,
                        EndedBy = "lin",
                    },
                    null,
                    RunbookOnDisk.In(words)
                )
        );
}
