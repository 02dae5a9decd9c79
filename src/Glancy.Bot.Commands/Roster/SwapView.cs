using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Roster;

/// <summary>Two who change shifts: who gives what, and whether the other has said yes.</summary>
internal static class SwapView
{
    public static Page Page(Swap swap, Names names)
    {
        var words = names.Words;
        var facts = new List<Fact> { new(names.Person(swap.By), Turn(swap.Give, swap.With, names)) };
        if (swap.Take is { } take)
        {
            facts.Add(new Fact(names.Person(swap.With), Turn(take, swap.By, names)));
        }

        facts.Add(new Fact(words["oncall.column.reason"], swap.Reason));
        var blocks = new List<Block> { new Block.Facts(facts) };
        if (swap.Ended is null)
        {
            blocks.Add(
                new Block.Paragraph(
                    words.Say("roster.swap-until", names.Person(swap.With), TimeText.Minute(swap.Deadline))
                )
            );
            blocks.Add(
                new Block.Actions([
                    new NextStep(words["roster.do-accept"], $"glancy roster accept {swap.Name}", Changes: true)
                    {
                        Weight = Weight.Expected,
                    },
                    new NextStep(words["roster.do-decline"], $"glancy roster decline {swap.Name}"),
                ])
            );
        }

        var title = swap.Ended switch
        {
            null => words.Say("roster.swap-proposed", swap.Name, names.Person(swap.By), names.Person(swap.With)),
            { Accepted: true } => words.Say(
                "roster.swap-accepted",
                swap.Name,
                names.Person(swap.By),
                names.Person(swap.With)
            ),
            { By: var by } => words.Say("roster.swap-declined", swap.Name, names.Person(by)),
        };
        return new Page(title, blocks) { Foot = words.Zone() };
    }

    private static Text Turn(Turn turn, string to, Names names) =>
        names.Words.Say(
            "roster.swap-gives",
            names.Role(turn.Role),
            TimeText.Minute(turn.From),
            TimeText.Minute(turn.To),
            names.Person(to)
        );
}
