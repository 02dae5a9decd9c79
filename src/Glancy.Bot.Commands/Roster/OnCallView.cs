using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Roster;

namespace Glancy.Bot.Commands.Roster;

/// <summary>Who is on duty.</summary>
internal static class OnCallView
{
    public static Page Page(DutyOutlook duty, Names names)
    {
        var (words, now) = (names.Words, duty.Now);
        var primary = now.Holders.GetValueOrDefault("primary", []);
        return new Page(
            words.Say(
                "oncall.title",
                names.In(now.Shift.Name),
                TimeText.Minute(now.ShiftStart),
                TimeText.Minute(now.ShiftEnd),
                names.Persons(primary)
            ),
            [
                new Block.Table(
                    [words["oncall.column.role"], words["oncall.column.now"], words["oncall.column.next"]],
                    [.. names.Runbook.Roles.Values.Select(role => Row(role, duty, names))]
                ),
                .. Special(now, names),
                .. Kept(now, words),
                .. Sources(names),
                .. Overridden(duty.Overrides, names),
            ]
        )
        {
            Foot = words.Zone(),
        };
    }

    private static IReadOnlyList<Text> Row(Role role, DutyOutlook duty, Names names) =>
        [
            names.In(role.Name),
            Reachable(duty.Now.Holders.GetValueOrDefault(role.Id, []), names),
            duty.NextOf(role.Id) is { } next ? DutyText.Next(next, names) : names.Words["oncall.same"],
        ];

    private static IEnumerable<Block> Special(OnCall now, Names names) =>
        now.Day is { } day
            ? [new Block.Paragraph(names.Words.Say("oncall.day", names.In(day.Name), names.Words.Of("day", day.Kind)))]
            : [];

    // At a change of shift that nobody has accepted.
    private static IEnumerable<Block> Kept(OnCall now, Phrasebook words)
    {
        if (now.KeptUntil is { } until)
        {
            yield return new Block.Paragraph(
                words.Say("oncall.kept", TimeText.Minute(now.ShiftStart), TimeText.Minute(until)).In(Tone.Warn)
            );
            yield return new Block.Actions([
                new NextStep(words["oncall.accept"], "glancy handover accept", Changes: true)
                {
                    Weight = Weight.Expected,
                },
            ]);
        }
    }

    // Roles that are kept elsewhere; unheard, the runbook's roster is what counts.
    private static IEnumerable<Block> Sources(Names names)
    {
        var (words, book) = (names.Words, names.Runbook.Roster);
        return book.Sources.Select(source => new Block.Paragraph(
            book.Heard.Roles.FirstOrDefault(h => h.Role == source.Role) is { } heard
                ? words.Say(
                    "oncall.source",
                    names.Role(source.Role),
                    Source(source, words),
                    TimeText.Minute(heard.HeardAt)
                )
                : words.Say("oncall.source-lost", names.Role(source.Role), Source(source, words)).In(Tone.Warn)
        ));
    }

    private static Text Source(RosterSource source, Phrasebook words) =>
        words.Say("page.in-brackets", words.Of("source", source.Kind), source.Id);

    private static IEnumerable<Block> Overridden(IReadOnlyList<KnownOverride> overrides, Names names)
    {
        if (overrides.Count == 0)
        {
            yield break;
        }

        var words = names.Words;
        yield return new Block.Heading(words["oncall.overrides"]);
        yield return new Block.Table(
            [
                words["oncall.column.override"],
                words["oncall.column.role"],
                words["oncall.column.person"],
                words["oncall.column.time"],
                words["oncall.column.by"],
                words["oncall.column.reason"],
            ],
            [
                .. overrides.Select(o =>
                    (IReadOnlyList<Text>)
                        [
                            o.Entered?.Name ?? words["page.none"],
                            names.Role(o.Change.Role),
                            names.Person(o.Change.Person),
                            words.Say("oncall.span", TimeText.Minute(o.Change.From), TimeText.Minute(o.Change.To)),
                            o.Entered is { } entered
                                ? names.Person(entered.By)
                                : words.Say("duty.by-file", o.Change.File, Text.FromInt64(o.Change.Line)),
                            o.Change.Reason,
                        ]
                ),
            ]
        );
        var ends = overrides
            .Select(o => o.Entered)
            .OfType<EnteredOverride>()
            .Select(o => new NextStep(
                words.Say("oncall.end", o.Name),
                $"glancy roster end {o.Name} --reason ...",
                Changes: true
            ))
            .ToList();
        if (ends.Count > 0)
        {
            yield return new Block.Actions(ends);
        }
    }

    private static Text Reachable(IReadOnlyList<Person> holders, Names names) =>
        holders.Count == 0 ? names.Words["page.none"] : names.Words.List(holders.Select(p => names.Reachable(p.Id)));
}
