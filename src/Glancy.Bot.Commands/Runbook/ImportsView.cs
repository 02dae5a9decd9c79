using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>What a file of <c>roster/</c> gave, as data.</summary>
internal sealed record ImportData(
    string File,
    IReadOnlyList<RosterOverride> Overrides,
    int Days,
    int Cancelled,
    int Floating
)
{
    public static ImportData Of(RosterImport import)
    {
        return new ImportData(import.File, import.Overrides, import.Days, import.Cancelled, import.Floating);
    }
}

/// <summary>
/// Who was read out of the rosters of other tools, so that a person can see whether it is what they say (C1, §1.1).
/// </summary>
internal static class ImportsView
{
    // A page is for looking over; what is longer is searched as data.
    private const int Most = 100;

    public static IEnumerable<Block> Blocks(IReadOnlyList<RosterImport> imports, Names names)
    {
        if (imports.Count == 0)
        {
            yield break;
        }

        var words = names.Words;
        yield return new Block.Heading(words["lint.imports"]);
        yield return new Block.Table(
            [words["lint.column.file"], words["lint.column.overrides"], words["lint.column.besides"]],
            [
                .. imports.Select(i =>
                    (IReadOnlyList<Text>)[i.File, Text.FromInt64(i.Overrides.Count), Besides(i, words)]
                ),
            ]
        );
        var all = imports.SelectMany(i => i.Overrides.Select(o => (i.File, Override: o))).ToList();
        if (all.Count > 0)
        {
            yield return new Block.Table(
                [
                    words["lint.column.from"],
                    words["lint.column.to"],
                    words["lint.column.role"],
                    words["lint.column.person"],
                    words["lint.column.file"],
                ],
                [
                    .. all.Take(Most)
                        .Select(o =>
                            (IReadOnlyList<Text>)
                                [
                                    TimeText.DayMinute(o.Override.From),
                                    TimeText.DayMinute(o.Override.To),
                                    names.Role(o.Override.Role),
                                    names.Person(o.Override.Person),
                                    o.File,
                                ]
                        ),
                ]
            );
        }

        if (all.Count > Most)
        {
            yield return new Block.Paragraph(words.Say("lint.imports-more", Text.FromInt64(all.Count - Most)));
        }
    }

    private static Text Besides(RosterImport import, Phrasebook words)
    {
        var notes = new[]
        {
            ("lint.import-days", import.Days),
            ("lint.import-cancelled", import.Cancelled),
            ("lint.import-floating", import.Floating),
        }
            .Where(note => note.Item2 > 0)
            .Select(note => words.Say(note.Item1, note.Item2.ToString(CultureInfo.InvariantCulture)))
            .ToList();
        return notes.Count > 0 ? words.List(notes)
            : import.Overrides.Count == 0 ? words["lint.import-nothing"].In(Tone.Warn)
            : Text.Empty;
    }
}
