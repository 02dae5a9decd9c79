using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Glancy.Bot.Commands.Pages;

/// <summary>Draws pages as terminal text. Wide characters take two columns; without colour nothing is lost.</summary>
public static class TerminalPage
{
    /// <summary>Below this a table of more than three columns is drawn row by row.</summary>
    private const int TableWidth = 90;

    private const int Narrowest = 40;
    private const int Unlimited = 10_000;

    /// <summary>The page, ending with a line end.</summary>
    /// <param name="width">Columns of the terminal; taken as at least 40.</param>
    public static string Render(Page page, int width, bool colour)
    {
        ArgumentNullException.ThrowIfNull(page);
        var room = Math.Clamp(width, Narrowest, 400);
        var parts = new List<string> { Draw(Paragraph(page.Title.In(Tone.Strong)), room, colour) };
        parts.AddRange(page.Blocks.Select(block => Block(block, room, colour)).Where(part => part.Length > 0));
        if (!page.Foot.IsEmpty)
        {
            parts.Add(Draw(Paragraph(page.Foot.In(Tone.Dim)), room, colour));
        }

        return string.Join('\n', parts);
    }

    /// <summary>A single line, never folded.</summary>
    public static string Line(Text text, bool colour)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Draw(Paragraph(text), Unlimited, colour);
    }

    private static string Block(Block block, int width, bool colour) =>
        block switch
        {
            Block.Heading heading => Draw(Paragraph(heading.Words.In(Tone.Strong)), width, colour),
            Block.Paragraph paragraph => Draw(Paragraph(paragraph.Words), width, colour),
            Block.Facts facts => Draw(Facts(facts.Items), width, colour),
            Block.Table table when table.Columns.Count > 3 && width < TableWidth => RowByRow(table, width, colour),
            Block.Table table => Draw(Table(table), width, colour),
            Block.Steps steps => Steps(steps, width, colour),
            Block.Tasks tasks => Draw(Paragraph(tasks.Title.In(Tone.Strong)), width, colour)
                + string.Concat(tasks.Items.Select(t => "    " + Line(Mark(t.End) + t.Title + Took(t), colour))),
            Block.Code code => string.Concat(code.Lines.Select(line => "    " + Line(line.In(Tone.Code), colour))),
            Block.Actions actions => Actions(actions, colour),
            _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "No way to draw it."),
        };

    private static Text Mark(TaskEnd end) =>
        end switch
        {
            TaskEnd.Done => ((Text)"✓ ").In(Tone.Good),
            TaskEnd.Failed => ((Text)"✗ ").In(Tone.Bad),
            _ => "· ",
        };

    private static Text Took(TaskLine task) => task.Detail.IsEmpty ? Text.Empty : " " + task.Detail.In(Tone.Dim);

    private static Grid Facts(IReadOnlyList<Fact> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var fact in facts)
        {
            grid.AddRow(Paragraph(fact.Label.In(Tone.Dim)), Paragraph(fact.Value));
        }

        return grid;
    }

    private static Table Table(Block.Table table)
    {
        var drawn = new Table { Border = TableBorder.Simple, ShowHeaders = true };
        foreach (var column in table.Columns)
        {
            drawn.AddColumn(new TableColumn(Paragraph(column.In(Tone.Dim))) { Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow(row.Select(cell => (IRenderable)Paragraph(cell)));
        }

        return drawn;
    }

    private static string RowByRow(Block.Table table, int width, bool colour)
    {
        var drawn = new StringBuilder();
        foreach (var row in table.Rows)
        {
            drawn.Append(Draw(Paragraph(row[0].In(Tone.Strong)), width, colour));
            var facts = table
                .Columns.Zip(row, (label, value) => new Fact(label, value))
                .Skip(1)
                .Where(f => !f.Value.IsEmpty)
                .ToList();
            drawn.Append(Draw(Facts(facts), width, colour));
        }

        return drawn.ToString();
    }

    private static string Steps(Block.Steps steps, int width, bool colour)
    {
        var drawn = new StringBuilder();
        foreach (var step in steps.Items)
        {
            var number = new Text([
                new Span(step.Number.ToString(CultureInfo.InvariantCulture).PadLeft(2) + ". ", Tone.Dim, false),
            ]);
            var mark = step.Mark.IsEmpty ? Text.Empty : step.Mark + " ";
            drawn.Append(Draw(Indented(Paragraph(number + mark + step.Title), 0), width, colour));
            foreach (var note in step.Notes)
            {
                // What somebody may copy is not folded.
                drawn.Append(
                    note.Spans.Any(s => s.Tone == Tone.Code)
                        ? "      " + Line(note, colour)
                        : Draw(Indented(Paragraph(note), 6), width, colour)
                );
            }
        }

        return drawn.ToString();
    }

    private static string Actions(Block.Actions actions, bool colour)
    {
        var drawn = new StringBuilder();
        foreach (var action in actions.Items)
        {
            drawn.Append(Line((Text)"→ " + action.Label, colour));
            drawn
                .Append("    ")
                .Append(Line(new Text([new Span(Text.Harmless(action.Command), Tone.Code, true)]), colour));
        }

        return drawn.ToString();
    }

    private static Padder Indented(IRenderable content, int left) => new(content, new Padding(left, 0, 0, 0));

    private static Paragraph Paragraph(Text text)
    {
        var paragraph = new Paragraph { Overflow = Overflow.Fold };
        foreach (var span in text.Spans)
        {
            // Nothing can be followed here, so it is written where it leads.
            paragraph.Append(
                span.Link is { Scheme: "http" or "https" } link ? Text.Harmless(link.AbsoluteUri) : span.Value,
                StyleOf(span.Tone)
            );
        }

        return paragraph;
    }

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Strong => new Style(decoration: Decoration.Bold),
            Tone.Dim => new Style(decoration: Decoration.Dim),
            Tone.Good => new Style(Color.Green),
            Tone.Warn => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
            Tone.Code => new Style(Color.Aqua),
            _ => Style.Plain,
        };

    private static string Draw(IRenderable content, int width, bool colour)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colour ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = width;
        console.Profile.Encoding = Encoding.UTF8;
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Capabilities.Links = false;
        console.Write(content);

        // Tables pad every cell; nobody needs spaces at the end of a line, and a copied line should not have them.
        var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd(' ')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        while (lines.Count > 0 && lines[0].Length == 0)
        {
            lines.RemoveAt(0);
        }

        return lines.Count == 0 ? "" : string.Join('\n', lines) + "\n";
    }
}
