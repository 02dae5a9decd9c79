namespace Glancy.Slack.Blocks;

/// <summary>Text as it is: nothing in it is mark-up.</summary>
public sealed record RichTextBlock(IReadOnlyList<RichTextSection> Elements, string? BlockId = null) : Block(BlockId)
{
    public IReadOnlyList<RichTextSection> Elements { get; } =
        Limits.Items(Elements, Limits.ContextElements, "rich_text.elements");

    /// <summary>One paragraph.</summary>
    public static RichTextBlock Of(string text) => new([new RichTextSection([new RichTextPiece(text)])]);

    internal override IEnumerable<string> Lines(string? typed) =>
        Elements.Select(section => SlackText.Escape(string.Concat(section.Elements.Select(piece => piece.Text))));
}

public sealed record RichTextSection(IReadOnlyList<RichTextPiece> Elements)
{
    public string Type { get; } = "rich_text_section";
}

public sealed record RichTextPiece(string Text)
{
    public string Type { get; } = "text";

    public string Text { get; } = Limits.Text(Text, Limits.SectionText, "rich_text.text");
}
