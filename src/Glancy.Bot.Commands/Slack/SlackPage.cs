using System.Globalization;
using System.Text;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Slack.Blocks;
using PageBlock = Glancy.Bot.Commands.Pages.Block;
using SlackBlock = Glancy.Slack.Blocks.Block;

namespace Glancy.Bot.Commands.Slack;

/// <summary>A page as a message.</summary>
/// <param name="Text">The notification, and what is shown where blocks are not.</param>
public sealed record SlackShown(string Text, IReadOnlyList<SlackBlock> Blocks);

/// <summary>
/// Draws pages as Block Kit, for a phone first: rows become lines, and what can be said next becomes buttons that say
/// it. Text from outside is escaped, and cut to Slack's limits; what does not fit is said to be missing.
/// </summary>
public static class SlackPage
{
    // Below the limit of a section, so that marks around a line still fit.
    private const int Room = 2_900;
    private const int Headline = 70;
    private const int PhoneLine = 40;
    private const int SpokenFacts = 4;
    private const int SpokenSteps = 3;
    private const string Everything = "glancy notices";
    private const int MessageBlocks = Limits.MessageBlocks - SlackFit.Kept;
    private const string Between = "  ·  ";
    private const string Indent = "      ";

    // A message cannot be followed line by line; the card of the run changes by itself.
    private const string Following = " --follow";

    /// <summary>Begins the action id of a button whose value is a whole command; a number follows.</summary>
    public const string SayPrefix = "say:";

    /// <summary>Begins the action id of a button whose command has blanks to fill in; a number follows.</summary>
    public const string AskPrefix = "ask:";

    /// <summary>A page whose title is all that is said: no headline, however short it is.</summary>
    public static SlackShown Sentence(Page page, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new SlackShown(
            SlackText.Cut(SlackText.Escape(SlackMarkup.Said(page.Title)), Room),
            Fitting(
                [
                    .. Sections([SlackMarkup.Mark(page.Title)]),
                    .. page.Blocks.SelectMany(block => Blocks(block, Expected(page), words)),
                ],
                MessageBlocks,
                0,
                page,
                words
            )
        );
    }

    /// <param name="before">Lines that were said on the way, above the page.</param>
    /// <param name="most">Blocks that the place takes: a message's, or a Home's.</param>
    public static SlackShown Render(Page page, IReadOnlyList<Text> before, Phrasebook words, int most = MessageBlocks)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(words);
        var blocks = new List<SlackBlock>();
        blocks.AddRange(Sections(before.Select(SlackMarkup.Mark)));
        var lead = blocks.Count;
        blocks.AddRange(Title(page.Title));
        var expected = Expected(page);
        foreach (var block in page.Blocks)
        {
            blocks.AddRange(Blocks(block, expected, words));
        }

        if (!page.Foot.IsEmpty)
        {
            blocks.Add(new ContextBlock([new Mrkdwn(SlackText.Cut(SlackMarkup.Mark(page.Foot), Limits.ContextText))]));
        }

        return new SlackShown(TimeText(page, words), Fitting(blocks, most, lead, page, words));
    }

    /// <summary>What whoever reads it can do, as a sentence; empty where that is nothing.</summary>
    public static string Next(Page page, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(words);
        var steps = page
            .Blocks.OfType<PageBlock.Actions>()
            .SelectMany(a => a.Items)
            .Where(s => s.Changes)
            .Take(SpokenSteps)
            .Select(s => s.Label.Plain)
            .ToList();
        return steps.Count > 0 ? SlackText.Escape(words.Say("slack.next", string.Join(" · ", steps)).Plain) : "";
    }

    // A phone's notification and a screen reader have this and nothing else: what it is, how it stands, what it is
    // about and what can be done.
    private static string TimeText(Page page, Phrasebook words)
    {
        var about = page.Blocks.SelectMany(block =>
            block switch
            {
                PageBlock.Paragraph paragraph => [SlackMarkup.Said(paragraph.Words)],
                PageBlock.Facts facts => facts.Items.Select(f =>
                    f.Label.Plain + words["page.label-separator"].Plain + SlackMarkup.Said(f.Value)
                ),
                _ => Enumerable.Empty<string>(),
            }
        );
        var said = string.Join('\n', about.Take(SpokenFacts).Prepend(SlackMarkup.Said(page.Title)));
        return SlackText.Cut(
            string.Join('\n', ((string[])[SlackText.Escape(said), Next(page, words)]).Where(line => line.Length > 0)),
            Room
        );
    }

    /// <summary>An answer as data.</summary>
    public static SlackShown Data(string json, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var block = new SectionBlock(new Mrkdwn(SlackText.CodeBlock(SlackText.Cut(json, Room / 3))));
        return new SlackShown(words["slack.data"].Plain, [block]);
    }

    // A name is a headline; a sentence is read as one.
    private static IEnumerable<SlackBlock> Title(Text title)
    {
        var headline = SlackMarkup.Said(title);
        return Limits.Length(headline) <= Headline
            ? [new HeaderBlock(new PlainText(headline))]
            : Sections([SlackMarkup.Mark(title)]);
    }

    // Of all that is expected one stands out, the first.
    private static NextStep? Expected(Page page) =>
        page
            .Blocks.OfType<PageBlock.Actions>()
            .SelectMany(a => a.Items)
            .FirstOrDefault(s => s.Weight == Weight.Expected);

    private static IEnumerable<SlackBlock> Blocks(PageBlock block, NextStep? expected, Phrasebook words) =>
        block switch
        {
            PageBlock.Heading heading => Sections([SlackMarkup.Mark(heading.Words.In(Tone.Strong))]),
            PageBlock.Paragraph paragraph => Sections([SlackMarkup.Mark(paragraph.Words)]),
            PageBlock.Facts facts => Sections(
                facts.Items.Select(f => SlackMarkup.Mark(f.Label + words["page.label-separator"] + f.Value))
            ),
            PageBlock.Table table => Sections(
                table.Rows.Select(row => Row(table.Columns, row, words["page.label-separator"]))
            ),
            PageBlock.Steps steps => Sections(steps.Items.SelectMany(Step)),
            PageBlock.Tasks tasks => [Plan(tasks, words)],
            PageBlock.Code code => Sections(code.Lines.Select(l => SlackText.Code(l.Plain))),
            PageBlock.Actions actions => Actions(actions.Items, expected, words),
            _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "No way to draw it."),
        };

    // Nothing in it is mark-up, and a reader unfolds it.
    private static PlanBlock Plan(PageBlock.Tasks tasks, Phrasebook words)
    {
        // What does not fit is one line, at the beginning, and red where something in it failed.
        var first = tasks.Items.Count > Limits.PlanTasks ? tasks.Items.Count - Limits.PlanTasks + 1 : 0;
        var failed = tasks.Items.Take(first).Any(t => t.End == TaskEnd.Failed);
        var earlier = words.Plain("slack.earlier", Text.FromInt64(first));
        return new PlanBlock(
            SlackText.Cut(SlackMarkup.Said(tasks.Title), Limits.PlanTitle),
            [
                .. first > 0 ? [new PlanTask("0", earlier, failed ? "error" : "complete")] : Array.Empty<PlanTask>(),
                .. tasks.Items.Skip(first).Select((task, i) => Task(task, first + i + 1)),
            ]
        );
    }

    private static PlanTask Task(TaskLine task, int number) =>
        new(
            number.ToString(CultureInfo.InvariantCulture),
            SlackText.Cut(SlackMarkup.Said(task.Title), Limits.PlanTitle),
            task.End switch
            {
                TaskEnd.Done => "complete",
                TaskEnd.Failed => "error",
                _ => "pending",
            },
            task.Detail.IsEmpty ? null : RichTextBlock.Of(SlackText.Cut(SlackMarkup.Said(task.Detail), Room))
        );

    // The first cell names the row; the others carry their column's name. What a phone would wrap begins on a line of
    // its own, so that the eye finds the names.
    private static string Row(IReadOnlyList<Text> columns, IReadOnlyList<Text> row, Text of)
    {
        var name = SlackMarkup.Mark(row[0].In(Tone.Strong));
        var rest = string.Join(
            Between,
            Enumerable
                .Range(1, row.Count - 1)
                .Where(i => !row[i].IsEmpty)
                .Select(i => SlackMarkup.Mark(columns[i] + of + row[i]))
        );
        return rest.Length == 0 ? name
            : Limits.Length(name) + Limits.Length(rest) > PhoneLine ? $"{name}\n{Indent}{rest}"
            : name + Between + rest;
    }

    private static IEnumerable<string> Step(StepLine step) =>
        step
            .Notes.Select(note => Indent + SlackMarkup.Mark(note))
            .Prepend(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step.Number}. {SlackMarkup.Mark(step.Mark)} {SlackMarkup.Mark(step.Title)}"
                )
            );

    private static IEnumerable<SlackBlock> Actions(IReadOnlyList<NextStep> steps, NextStep? expected, Phrasebook words)
    {
        // What no button can carry has to be typed.
        var of = words["page.label-separator"];
        var some = steps.Where(s => !s.Command.EndsWith(Following, StringComparison.Ordinal)).ToList();
        var typed = some.Where(s => Limits.Length(s.Command) > Limits.ButtonValue).ToList();
        foreach (var row in SlackButtons.Rows([.. some.Except(typed)], expected, words))
        {
            yield return row;
        }

        foreach (
            var section in Sections(
                typed.Select(s => $"{SlackMarkup.Mark(s.Label + of)}{SlackText.Code("/" + s.Command)}")
            )
        )
        {
            yield return section;
        }
    }

    // As many lines to a section as fit.
    private static IEnumerable<SlackBlock> Sections(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Select(l => SlackText.Cut(l, Room)).Where(l => l.Trim().Length > 0))
        {
            if (text.Length > 0 && Limits.Length(text.ToString()) + Limits.Length(line) + 1 > Room)
            {
                yield return new SectionBlock(new Mrkdwn(text.ToString()));
                text.Clear();
            }

            text.Append(text.Length > 0 ? "\n" : "").Append(line);
        }

        if (text.Length > 0)
        {
            yield return new SectionBlock(new Mrkdwn(text.ToString()));
        }
    }

    // A terminal is where all of it can be read, and there the command has no slash.
    private static List<SlackBlock> Fitting(List<SlackBlock> blocks, int most, int lead, Page page, Phrasebook words) =>
        SlackFit.Into(
            blocks,
            most,
            lead,
            missing =>
            {
                var said = SlackText.Escape(words.Say("slack.cut", Text.FromInt64(missing)).Plain);
                return new ContextBlock([
                    new Mrkdwn(
                        said + " " + SlackText.Code(page.Whole.Length is > 0 and <= Room / 2 ? page.Whole : Everything)
                    ),
                ]);
            }
        );
}
