using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>The written runbook is not the one its data was compared with (§8): which entries to look at.</summary>
internal static class SourceView
{
    public static Page Page(WrittenRunbook written, RunbookContent content, Phrasebook words)
    {
        if (written.Sha256 is not { } hash)
        {
            return new Page(words.Say("lint.source-unreadable", written.File), []);
        }

        return new Page(
            words["lint.source-changed"],
            [
                new Block.Facts([
                    new Fact(words["lint.source-text"], words.Say("page.in-brackets", written.File, hash)),
                    new Fact(
                        words["lint.source-known"],
                        words.Say("page.in-brackets", RunbookLint.Day(content.Source.Date), content.Source.Sha256)
                    ),
                ]),
                new Block.Heading(words["lint.source-review"]),
                new Block.Table(
                    [words["lint.column.section"], words["lint.column.entries"]],
                    [
                        .. SourceText
                            .Cited(content)
                            .Select(c =>
                                (IReadOnlyList<Text>)["§" + c.Section, words.List(c.Entries.Select(Text.FromString))]
                            ),
                    ]
                ),
                new Block.Paragraph(words["lint.source-next"]),
            ]
        );
    }
}
