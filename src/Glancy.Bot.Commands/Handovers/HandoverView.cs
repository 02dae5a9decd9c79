using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>
/// The handover with its seven fields of §3.1, what has changed since the last one, and what is left to do about it.
/// </summary>
internal static class HandoverView
{
    private const int DoneButtons = 5;

    /// <summary>The handover as it was opened, and what became of it.</summary>
    /// <param name="before">The facts of the one before; null where there are none to compare with.</param>
    public static Page Page(Handover handover, HandoverFacts facts, HandoverFacts? before, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block>();
        if (facts.At - handover.Boundary > TimeSpan.FromMinutes(1))
        {
            blocks.Add(
                new Block.Paragraph(
                    words
                        .Say("handover.opened-late", TimeText.Minute(handover.Boundary), TimeText.Minute(facts.At))
                        .In(Tone.Warn)
                )
            );
        }

        blocks.Add(
            new Block.Facts([
                new Fact(words["handover.shift"], Shift(handover.Boundary, facts, names)),
                .. HandoverFields.Of(facts, names),
                .. Became(handover, names),
            ])
        );
        if (before is not null && HandoverChanges.Between(before, facts, names) is { Count: > 0 } changes)
        {
            blocks.Add(new Block.Heading(words["handover.changes"]));
            blocks.AddRange(changes.Select(c => new Block.Paragraph(c)));
        }

        var next = new List<NextStep>();
        if (handover.Accepted is null)
        {
            next.Add(
                new NextStep(words["handover.do-accept"], "glancy handover accept", Changes: true)
                {
                    Weight = Weight.Expected,
                }
            );
        }
        else if (handover.Clean is null)
        {
            next.Add(new NextStep(words["handover.do-clean"], "glancy handover clean", Changes: true));
        }

        next.Add(new NextStep(words["handover.see-now"], "glancy handover show"));
        if (before is not null)
        {
            next.Add(
                new NextStep(
                    words["handover.see-before"],
                    $"glancy handover show --at {Typed(handover.Boundary.AddMinutes(-1))}"
                )
            );
        }

        blocks.Add(new Block.Actions(next));
        return new Page(Title(handover, facts, names), blocks)
        {
            Foot = words.Zone(),
            Whole = $"glancy handover show --at {Typed(handover.Boundary)}",
        };
    }

    /// <summary>What would be handed over if the shift changed now.</summary>
    /// <param name="current">The handover into the shift that is on; null where there was none.</param>
    public static Page Preview(HandoverFacts facts, Handover? current, OnCall shift, Names names)
    {
        var words = names.Words;
        var next = new List<NextStep>();
        if (current is { Facts: not null, Accepted: null })
        {
            next.Add(
                new NextStep(words["handover.do-accept"], "glancy handover accept", Changes: true)
                {
                    Weight = Weight.Expected,
                }
            );
        }

        next.Add(new NextStep(words["handover.do-add"], "glancy handover add <follow-up>"));
        next.AddRange(Done(facts.FollowUps, words));
        return new Page(
            words.Say("handover.title-preview", names.In(shift.Shift.Name), TimeText.Minute(shift.ShiftEnd)),
            [
                new Block.Facts([
                    new Fact(words["handover.shift"], Shift(shift.ShiftEnd, facts, names)),
                    .. HandoverFields.Of(facts, names),
                    .. current is { Facts: not null } ? Became(current, names) : [],
                ]),
                new Block.Actions(next),
            ]
        )
        {
            Foot = words.Zone(),
        };
    }

    /// <summary>What is to be followed up, the oldest first.</summary>
    public static Page FollowUps(Text title, IReadOnlyList<FollowUp> open, DateTimeOffset now, Names names)
    {
        var words = names.Words;
        return open.Count == 0
            ? new Page(title, [new Block.Paragraph(words["handover.none-open"])])
            : new Page(
                title,
                [
                    new Block.Table(
                        [
                            words["handover.column.item"],
                            words["handover.column.words"],
                            words["handover.column.by"],
                            words["handover.column.age"],
                        ],
                        [
                            .. open.Select(f =>
                                (IReadOnlyList<Text>)
                                    [
                                        f.Name,
                                        HandoverFields.Said(f, words),
                                        names.Person(f.By),
                                        words.Duration(now - f.At),
                                    ]
                            ),
                        ]
                    ),
                    new Block.Actions([.. Done(open, words)]),
                ]
            );
    }

    /// <summary>Each thing that keeps it from being clean, with its way out.</summary>
    public static Block.Table InTheWay(IReadOnlyList<Refusal> reasons, Phrasebook words)
    {
        return new Block.Table(
            [words["handover.column.left"], words["handover.column.next"]],
            [.. reasons.Select(r => (IReadOnlyList<Text>)[RefusalView.Words(r, words), RefusalView.Next(r, words)])]
        );
    }

    private static Text Title(Handover handover, HandoverFacts facts, Names names)
    {
        var words = names.Words;
        var shift = HandoverFields.Shift(facts.Shift, names);
        return handover switch
        {
            { Accepted: null } => words.Say(
                "handover.title-waiting",
                shift,
                TimeText.Minute(handover.Boundary),
                names.Persons(facts.Incoming.GetValueOrDefault("primary", []))
            ),
            { Accepted: { } accepted, Clean: null } => words.Say(
                "handover.title-accepted",
                shift,
                TimeText.Minute(handover.Boundary),
                names.Person(accepted.By),
                handover.Left.Count == 0 ? words["page.none"] : LeftWords.Of(handover.Left, words)
            ),
            { Accepted: { } accepted, Left.Count: > 0 } => words.Say(
                "handover.title-carried",
                shift,
                TimeText.Minute(handover.Boundary),
                names.Person(accepted.By),
                LeftWords.Of(handover.Left, words)
            ),
            { Accepted: { } accepted } => words.Say(
                "handover.title-clean",
                shift,
                TimeText.Minute(handover.Boundary),
                names.Person(accepted.By)
            ),
        };
    }

    private static IEnumerable<Fact> Became(Handover handover, Names names)
    {
        var words = names.Words;
        if (handover.Accepted is { } accepted)
        {
            yield return new Fact(
                words["handover.accepted"],
                words.Say("incident.when-by", TimeText.Minute(accepted.At), names.Person(accepted.By))
            );
            yield return new Fact(
                words["handover.clean"],
                handover.Clean is { } clean
                    ? words.Say("incident.when-by", TimeText.Minute(clean.At), names.Person(clean.By)).In(Tone.Good)
                    : words["handover.clean-not"].In(Tone.Warn)
            );
        }
        else
        {
            yield return new Fact(words["handover.accepted"], words["handover.accepted-not"].In(Tone.Warn));
        }
    }

    private static Text Shift(DateTimeOffset boundary, HandoverFacts facts, Names names) =>
        names.Words.Say(
            "handover.shift-of",
            HandoverFields.Shift(facts.Before, names),
            HandoverFields.Shift(facts.Shift, names),
            TimeText.Minute(boundary),
            TimeText.Minute(facts.End)
        );

    private static IEnumerable<NextStep> Done(IReadOnlyList<FollowUp> open, Phrasebook words) =>
        open.Take(DoneButtons)
            .Select(f => new NextStep(
                words.Say("handover.do-done", f.Name),
                $"glancy handover done {f.Name}",
                Changes: true
            ));

    private static string Typed(DateTimeOffset at) => TimeText.Day(at).Plain.Replace(' ', 'T')[..16];
}
