using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>
/// One block of a message or view. Building one that Slack would refuse throws <see cref="SlackLimitException"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(InputBlock), "input")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(MarkdownBlock), "markdown")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(PlanBlock), "plan")]
[JsonDerivedType(typeof(RichTextBlock), "rich_text")]
[JsonDerivedType(typeof(AlertBlock), "alert")]
public abstract record Block(string? BlockId)
{
    public string? BlockId { get; } = Limits.Text(BlockId, Limits.Id, "block_id");

    /// <summary>What it says, line by line, as mark-up; for where Slack does not take the block.</summary>
    internal abstract IEnumerable<string> Lines(string? typed);
}

public sealed record HeaderBlock(PlainText Text, string? BlockId = null) : Block(BlockId)
{
    public PlainText Text { get; } = Limits.Text(Text, Limits.HeaderText, "header.text");

    internal override IEnumerable<string> Lines(string? typed) => [$"*{BlockWords.Of(Text)}*"];
}

/// <summary>Text, fields in two columns, or both; and one thing beside them.</summary>
public sealed record SectionBlock : Block
{
    [JsonConstructor]
    public SectionBlock(
        TextObject? text = null,
        IReadOnlyList<TextObject>? fields = null,
        IAccessory? accessory = null,
        string? blockId = null
    )
        : base(blockId)
    {
        Limits.Count((text is null ? 0 : 1) + (fields?.Count ?? 0), 1, int.MaxValue, "section");
        Text = Limits.Text(text, Limits.SectionText, "section.text");
        Fields = Limits.Items(fields, Limits.SectionFields, "section.fields");
        Accessory = accessory;
        foreach (var field in fields ?? [])
        {
            Limits.Text(field, Limits.FieldText, "section.fields.text");
        }
    }

    public TextObject? Text { get; }

    public IReadOnlyList<TextObject>? Fields { get; }

    public IAccessory? Accessory { get; }

    internal override IEnumerable<string> Lines(string? typed) =>
        [BlockWords.Of(Text), .. (Fields ?? []).Select(BlockWords.Of), BlockWords.Element(Accessory, typed)];
}

public sealed record ContextBlock(IReadOnlyList<IContextElement> Elements, string? BlockId = null) : Block(BlockId)
{
    public IReadOnlyList<IContextElement> Elements { get; } =
        Short(Limits.Items(Elements, Limits.ContextElements, "context.elements"));

    internal override IEnumerable<string> Lines(string? typed) => Elements.Select(e => BlockWords.Element(e, typed));

    private static IReadOnlyList<IContextElement> Short(IReadOnlyList<IContextElement> elements)
    {
        foreach (var text in elements.OfType<TextObject>())
        {
            Limits.Text(text, Limits.ContextText, "context.elements.text");
        }

        return elements;
    }
}

internal sealed record DividerBlock(string? BlockId = null) : Block(BlockId)
{
    internal override IEnumerable<string> Lines(string? typed) => [];
}

public sealed record ActionsBlock(IReadOnlyList<IActionElement> Elements, string? BlockId = null) : Block(BlockId)
{
    public IReadOnlyList<IActionElement> Elements { get; } = Limits.Items(Elements, Limits.Actions, "actions.elements");

    internal override IEnumerable<string> Lines(string? typed) => Elements.Select(e => BlockWords.Element(e, typed));
}

public sealed record InputBlock(
    PlainText Label,
    IInputElement Element,
    PlainText? Hint = null,
    bool? Optional = null,
    string? BlockId = null
) : Block(BlockId)
{
    public PlainText Label { get; } = Limits.Text(Label, Limits.InputLabel, "input.label");

    public PlainText? Hint { get; } = Limits.Text(Hint, Limits.InputLabel, "input.hint");

    internal override IEnumerable<string> Lines(string? typed) => [BlockWords.Of(Label), BlockWords.Of(Hint)];
}

/// <summary>A picture: at an address, or a file that was uploaded to Slack; one of the two.</summary>
/// <param name="AltText">For who cannot see it, and the words of the notification.</param>
public sealed record ImageBlock(
    string? ImageUrl,
    string AltText,
    PlainText? Title = null,
    string? BlockId = null,
    SlackFile? SlackFile = null
) : Block(BlockId)
{
    public string? ImageUrl { get; } = Limits.Text(ImageUrl, Limits.Url, "image.image_url");

    public string AltText { get; } = Limits.Text(AltText, Limits.AltText, "image.alt_text");

    public PlainText? Title { get; } = Limits.Text(Title, Limits.AltText, "image.title");

    public SlackFile? SlackFile { get; } = Limits.One(ImageUrl, SlackFile, "image.image_url or slack_file");

    internal override IEnumerable<string> Lines(string? typed) => [BlockWords.Of(Title), SlackText.Escape(AltText)];
}

/// <summary>
/// A picture that Slack has: png, jpg or gif. Slack takes a moment after the upload until it lets a block show it.
/// </summary>
/// <param name="Id"><c>F...</c></param>
public sealed record SlackFile(string Id)
{
    public string Id { get; } = Limits.Text(Id, Limits.Id, "slack_file.id");
}

/// <summary>Standard Markdown; all such blocks of a message share 12,000 code points.</summary>
internal sealed record MarkdownBlock(string Text, string? BlockId = null) : Block(BlockId)
{
    public string Text { get; } = Limits.Text(Text, Limits.Markdown, "markdown.text");

    internal override IEnumerable<string> Lines(string? typed) => SlackText.Escape(Text).Split('\n');
}
