using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Patrols;

namespace Glancy.Bot.Commands.Patrols;

/// <summary>
/// Patrols: when each is due and how the last one ended, and one with what it saw and what to do next.
/// </summary>
internal static class PatrolView
{
    /// <param name="newest">By patrol; one that has never been gone is missing.</param>
    public static Page List(
        IReadOnlyList<Patrol> patrols,
        IReadOnlyDictionary<string, PatrolRun> newest,
        DateTimeOffset now,
        Names names
    )
    {
        var words = names.Words;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(names.Runbook.Roster.TimeZone);
        return patrols.Count == 0
            ? new Page(words["patrol.none"], [])
            : new Page(
                words.Say("patrol.title", Text.FromInt64(patrols.Count)),
                [
                    new Block.Table(
                        [
                            words["patrol.column.patrol"],
                            words["patrol.column.what"],
                            words["patrol.column.last"],
                            words["patrol.column.result"],
                            words["patrol.column.next"],
                        ],
                        [
                            .. patrols.Select(p =>
                                (IReadOnlyList<Text>)
                                    [
                                        p.Id,
                                        names.In(p.Title),
                                        newest.TryGetValue(p.Id, out var last) && Gone(p, last)
                                            ? TimeText.Minute(last.DueAt)
                                            : words["patrol.never"],
                                        last is not null && Gone(p, last) ? Result(last.Result, words) : Text.Empty,
                                        p.AfterRelease is not null
                                            ? words["patrol.after-release"]
                                            : TimeText.Minute(p.Due(zone, now, now.AddDays(2)).FirstOrDefault(now)),
                                    ]
                            ),
                        ]
                    ),
                    new Block.Actions([
                        .. patrols
                            .Where(p => !p.ByPerson)
                            .Select(p => new NextStep(
                                words.Say("patrol.do-run", names.In(p.Title)),
                                $"glancy patrol run {p.Id}"
                            )),
                    ]),
                ]
            )
            {
                Foot = words.Zone(),
            };
    }

    /// <summary>What one saw, with what to do next unless all is well.</summary>
    public static Page One(Patrol patrol, PatrolRun run, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block>();
        if (run.Lines.Count > 0)
        {
            blocks.Add(
                new Block.Table(
                    [
                        words["patrol.column.what"],
                        words["hk.column.light"],
                        words["hk.column.value"],
                        words["hk.column.red"],
                        words["hk.column.note"],
                    ],
                    [
                        .. run.Lines.Select(l =>
                            (IReadOnlyList<Text>)
                                [Name(l, names), LightWords.Of(l.Light, words), l.Value ?? "", l.Limit, Note(l, words)]
                        ),
                    ]
                )
            );
        }

        if (run.Missed > 0)
        {
            blocks.Add(new Block.Paragraph(words.Say("patrol.missed", Text.FromInt64(run.Missed))));
        }

        if (run.Result is not (PatrolResult.Green or PatrolResult.Near))
        {
            if (patrol.Type.Count > 0)
            {
                blocks.Add(new Block.Heading(words[patrol.ByPerson ? "patrol.look-yourself" : "patrol.type"]));
                blocks.Add(new Block.Code([.. patrol.Type.Select(Text.FromString)]));
            }

            if (patrol.Next is { } next)
            {
                blocks.Add(new Block.Actions([new NextStep(names.In(next.Label), next.Say)]));
            }
        }

        var title = patrol.ByPerson
            ? words.Say("patrol.by-person", names.In(patrol.Title), TimeText.Minute(run.DueAt))
            : words.Say("patrol.one", names.In(patrol.Title), TimeText.Minute(run.DueAt), Result(run.Result, words));
        return new Page(title, blocks)
        {
            Foot = words.Say("patrol.foot", "§" + patrol.Section) + words["page.sentence-separator"] + words.Zone(),
        };
    }

    /// <summary>The result with a mark and a word.</summary>
    public static Text Result(PatrolResult result, Phrasebook words)
    {
        return result switch
        {
            PatrolResult.Green => LightWords.Of(Glancy.Runbook.Hooks.Light.Green, words),
            PatrolResult.Near => words["patrol.near"].In(Tone.Warn),
            PatrolResult.Yellow => LightWords.Of(Glancy.Runbook.Hooks.Light.Yellow, words),
            PatrolResult.Red => LightWords.Of(Glancy.Runbook.Hooks.Light.Red, words),
            _ => LightWords.Of(Glancy.Runbook.Hooks.Light.Unknown, words),
        };
    }

    // The row from which the hours are counted saw nothing.
    private static bool Gone(Patrol patrol, PatrolRun run) =>
        run.Lines.Count > 0 || (patrol.ByPerson && run.Result == PatrolResult.Unknown);

    private static Text Name(PatrolLine line, Names names) =>
        line.Id.Any(char.IsAsciiLetterUpper) ? (Text)(line.Id + " ") + names.In(line.Name) : names.In(line.Name);

    private static Text Note(PatrolLine line, Phrasebook words)
    {
        var notes = new List<Text>();
        if (line.Near)
        {
            notes.Add(words["hk.near"].In(Tone.Warn));
        }

        if (line.Attested)
        {
            notes.Add(words["patrol.attested"].In(Tone.Warn));
        }

        if (line.ExplainedBy is { } lease)
        {
            notes.Add(words.Say("hk.explained-by", lease));
        }

        return words.List(notes);
    }
}
