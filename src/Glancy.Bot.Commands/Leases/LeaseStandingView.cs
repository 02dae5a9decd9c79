using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;

namespace Glancy.Bot.Commands.Leases;

/// <summary>Temporary changes that stand, each target with the button that takes its newest back.</summary>
internal static class LeaseStandingView
{
    private const int Buttons = 5;

    /// <param name="terms">By lease number, of all of them.</param>
    /// <param name="frozen">The train's share does not go back before it is thawed, so it has no button until
    /// then.</param>
    public static Page Page(
        IReadOnlyList<Lease> standing,
        IReadOnlyDictionary<long, UndoTerms> terms,
        bool frozen,
        Names names
    )
    {
        var words = names.Words;
        if (standing.Count == 0)
        {
            return new Page(words["lease.card-none"], []);
        }

        // Of a stack the highest gives the old value back; those that one person may take back come first.
        var next = standing
            .GroupBy(l => l.Target)
            .Select(stack => stack.MaxBy(l => l.Id))
            .OfType<Lease>()
            .Where(l => l.IsSwitch || !frozen)
            .OrderBy(l => !l.IsSwitch ? 2 : terms[l.Id].Persons)
            .ThenBy(l => l.Id)
            .Take(Buttons)
            .Select(l => new NextStep(
                words.Say("lease.card-take-back", names.Controlled(l.Target), l.Name),
                $"glancy lease revert {l.Name} --reason ...",
                Changes: true
            ));
        return new Page(
            words.Say("lease.card", Text.FromInt64(standing.Count)),
            [
                LeaseListView.Table(standing, terms, names),
                new Block.Actions([.. next, new NextStep(words["lease.see-list"], "glancy lease list")]),
            ]
        )
        {
            Foot = words.Zone(),
            Whole = "glancy lease list",
        };
    }
}
