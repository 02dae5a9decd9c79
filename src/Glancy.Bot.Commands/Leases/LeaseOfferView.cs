using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;

namespace Glancy.Bot.Commands.Leases;

/// <summary>
/// A temporary change whose reason is over, with the button that takes it back; or what became of the offer.
/// </summary>
internal static class LeaseOfferView
{
    /// <param name="terms">Null for a lease that has ended.</param>
    public static Page Page(Lease lease, UndoTerms? terms, Names names)
    {
        var words = names.Words;
        var hooks = names.Recovering(lease.Recovers);
        var what = words.Say("page.arrow", lease.Prior, lease.Value);
        var blocks = new List<Block>
        {
            new Block.Facts([
                new Fact(words["lease.column.target"], names.Controlled(lease.Target)),
                new Fact(words["lease.column.change"], what),
                new Fact(words["lease.column.owner"], names.Person(lease.Owner)),
                new Fact(words["lease.column.since"], TimeText.Minute(lease.Since)),
                .. terms is null
                    ? []
                    : new[] { new Fact(words["lease.column.undo"], LeaseListView.Undo(lease, terms, names)) },
            ]),
        };
        if (terms is { Ground: UndoGround.Recovered })
        {
            blocks.Add(
                new Block.Actions([
                    new NextStep(
                        words.Say("lease.offer-take-back", names.Controlled(lease.Target)),
                        $"glancy lease revert {lease.Name} --reason \"{words.Plain("lease.offer-reason", hooks)}\"",
                        Changes: true
                    )
                    {
                        Weight = Weight.Expected,
                    },
                ])
            );
        }

        var title =
            lease.EndedAt is not null ? "lease.offer-ended"
            : terms is { Ground: UndoGround.Recovered } ? "lease.offer"
            : "lease.offer-withdrawn";
        return new Page(words.Say(title, lease.Name, hooks), blocks)
        {
            Foot = words.Zone(),
            Whole = "glancy lease list",
        };
    }
}
