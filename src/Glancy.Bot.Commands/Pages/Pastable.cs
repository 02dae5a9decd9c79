using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Pages;

/// <summary>
/// Commands written as the asker starts the program, so that what a terminal shows can be pasted there.
/// </summary>
public static partial class Pastable
{
    private const string Name = "glancy";

    /// <param name="program">How the asker started it, for example <c>./glancy</c>; anything that is no path of a
    /// program changes nothing.</param>
    public static Page In(Page page, string? program)
    {
        ArgumentNullException.ThrowIfNull(page);
        return program is null || !Path().IsMatch(program)
            ? page
            : page with
            {
                Title = Say(page.Title, program),
                Blocks = [.. page.Blocks.Select(block => Say(block, program))],
                Foot = Say(page.Foot, program),
            };
    }

    /// <inheritdoc cref="In(Page, string?)"/>
    public static Text In(Text text, string? program)
    {
        ArgumentNullException.ThrowIfNull(text);
        return program is null || !Path().IsMatch(program) ? text : Say(text, program);
    }

    private static Block Say(Block block, string program) =>
        block switch
        {
            Block.Heading heading => new Block.Heading(Say(heading.Words, program)),
            Block.Paragraph paragraph => new Block.Paragraph(Say(paragraph.Words, program)),
            Block.Facts facts => new Block.Facts([
                .. facts.Items.Select(f => new Fact(Say(f.Label, program), Say(f.Value, program))),
            ]),
            Block.Table table => new Block.Table(
                table.Columns,
                [.. table.Rows.Select(row => (IReadOnlyList<Text>)[.. row.Select(cell => Say(cell, program))])]
            ),
            Block.Steps steps => new Block.Steps([
                .. steps.Items.Select(s =>
                    s with
                    {
                        Title = Say(s.Title, program),
                        Notes = [.. s.Notes.Select(n => Say(n, program))],
                    }
                ),
            ]),
            Block.Tasks tasks => new Block.Tasks(
                Say(tasks.Title, program),
                [.. tasks.Items.Select(t => t with { Title = Say(t.Title, program), Detail = Say(t.Detail, program) })]
            ),
            Block.Code code => new Block.Code([.. code.Lines.Select(line => Say(line, program))]),
            Block.Actions actions => new Block.Actions([
                .. actions.Items.Select(a => a with { Command = Said(a.Command, program) }),
            ]),
            _ => block,
        };

    private static Text Say(Text text, string program) =>
        new([.. text.Spans.Select(s => s.Tone == Tone.Code ? s with { Value = Said(s.Value, program) } : s)]);

    private static string Said(string command, string program) =>
        command == Name || command.StartsWith(Name + " ", StringComparison.Ordinal)
            ? program + command[Name.Length..]
            : command;

    [GeneratedRegex("^[A-Za-z0-9._/~-]{0,100}/[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex Path();
}
