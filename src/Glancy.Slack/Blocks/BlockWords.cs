using System.Text;

namespace Glancy.Slack.Blocks;

/// <summary>What a block says, as plain sections: for where Slack does not take the block itself.</summary>
internal static class BlockWords
{
    private const string Between = "  ·  ";

    /// <param name="typed">Stands before a button's value where that has to be typed; null where a value says nothing
    /// to people.</param>
    public static IReadOnlyList<SectionBlock> Of(Block block, string? typed)
    {
        var sections = new List<SectionBlock>();
        var text = new StringBuilder();
        foreach (
            var line in block
                .Lines(typed)
                .Where(l => l.Trim().Length > 0)
                .Select(l => SlackText.Cut(l, Limits.SectionText))
        )
        {
            if (text.Length > 0 && Limits.Length(text.ToString()) + Limits.Length(line) + 1 > Limits.SectionText)
            {
                sections.Add(new SectionBlock(new Mrkdwn(text.ToString())));
                text.Clear();
            }

            text.Append(text.Length > 0 ? "\n" : "").Append(line);
        }

        return text.Length > 0 ? [.. sections, new SectionBlock(new Mrkdwn(text.ToString()))] : sections;
    }

    /// <summary>As mark-up.</summary>
    internal static string Of(TextObject? text) =>
        text switch
        {
            null => "",
            Mrkdwn marked => marked.Text,
            _ => SlackText.Escape(text.Text),
        };

    /// <summary>Something to press, choose or look at.</summary>
    internal static string Element(object? element, string? typed) =>
        element switch
        {
            Button { Url: { } address } button
                when Uri.TryCreate(address, UriKind.Absolute, out var to) && to.Scheme is "https" or "http" =>
                SlackText.Link(to, button.Text.Text),
            Button button => Choice(button.Text, button.Value, typed),
            Overflow menu => string.Join(Between, menu.Options.Select(o => Choice(o.Text, o.Value, typed))),
            StaticSelect select => string.Join(
                Between,
                select.Options.Select(o => Of(o.Text)).Prepend(Of(select.Placeholder)).Where(t => t.Length > 0)
            ),
            UsersSelect select => Of(select.Placeholder),
            ImageElement image => SlackText.Escape(image.AltText),
            TextObject text => Of(text),
            _ => "",
        };

    /// <summary>The head once, then each row on a line.</summary>
    internal static IEnumerable<string> Table(IReadOnlyList<IReadOnlyList<TableCell>> rows) =>
        rows.Select(
            (row, i) =>
                string.Join(
                    Between,
                    row.Select(cell =>
                        cell.Text.Trim() is { Length: > 0 } said
                            ? i == 0
                                ? $"*{SlackText.Escape(said)}*"
                                : SlackText.Escape(said)
                            : "-"
                    )
                )
        );

    private static string Choice(PlainText label, string? value, string? typed) =>
        value is { Length: > 0 } && typed is not null ? $"{Of(label)}: {SlackText.Code(typed + value)}" : Of(label);
}
