using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Roster;

/// <summary>Times in which a role is not held as it has to be.</summary>
internal static class RosterGapsView
{
    private const int Buttons = 3;

    public static Page Page(IReadOnlyList<RosterGap> gaps, Names names)
    {
        var words = names.Words;
        return gaps.Count == 0
            ? new Page(words["roster.gaps-none"], [])
            : new Page(
                words.Say("roster.gaps-title", Text.FromInt64(gaps.Count)),
                [
                    new Block.Table(
                        [words["oncall.column.role"], words["oncall.column.time"], words["roster.column.wrong"]],
                        [
                            .. gaps.Select(g =>
                                (IReadOnlyList<Text>)
                                    [
                                        names.Role(g.Role),
                                        words.Say("oncall.span", TimeText.Minute(g.From), TimeText.Minute(g.To)),
                                        Wrong(g, names),
                                    ]
                            ),
                        ]
                    ),
                    new Block.Actions([
                        .. gaps.Take(Buttons)
                            .Select(g => new NextStep(
                                words.Say("roster.do-give", names.Role(g.Role), TimeText.Minute(g.From)),
                                $"glancy roster give {g.Role} <person> --from {Typed(g.From)} --until {Typed(g.To)} "
                                    + $"--reason ...",
                                Changes: true
                            )),
                    ]),
                ]
            )
            {
                Foot = words.Zone(),
            };
    }

    private static Text Wrong(RosterGap gap, Names names) =>
        gap.Kind switch
        {
            GapKind.Nobody => names.Words["roster.gap.nobody"],
            GapKind.Several => names.Words.Say("roster.gap.several", names.Persons(gap.Persons)),
            _ => names.Words.Say("roster.gap.alone", names.Persons(gap.Persons)),
        };

    private static string Typed(DateTimeOffset at) => TimeText.Day(at).Plain.Replace(' ', 'T')[..16];
}
