using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>One block of a message or view. Building one that Slack would refuse throws <see cref="SlackLimitException"/>.</summary>
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
public abstract record Block(string? BlockId)
{
    public string? BlockId { get; } = Limits.Text(BlockId, Limits.Id, "block_id");
}

public sealed record HeaderBlock(PlainText Text, string? BlockId = null) : Block(BlockId)
{
    public PlainText Text { get; } = Limits.Text(Text, Limits.HeaderText, "header.text");
}

/// <summary>Text, fields in two columns, or both; and one thing beside them.</summary>
public sealed record SectionBlock : Block
{
    [JsonConstructor]
    public SectionBlock(TextObject? text = null, IReadOnlyList<TextObject>? fields = null, IAccessory? accessory = null, string? blockId = null)
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
}

public sealed record ContextBlock(IReadOnlyList<IContextElement> Elements, string? BlockId = null) : Block(BlockId)
{
    public IReadOnlyList<IContextElement> Elements { get; } = Limits.Items(Elements, Limits.ContextElements, "context.elements");
}

public sealed record DividerBlock(string? BlockId = null) : Block(BlockId);

public sealed record ActionsBlock(IReadOnlyList<IActionElement> Elements, string? BlockId = null) : Block(BlockId)
{
    public IReadOnlyList<IActionElement> Elements { get; } = Limits.Items(Elements, Limits.Actions, "actions.elements");
}

public sealed record InputBlock(PlainText Label, IInputElement Element, PlainText? Hint = null, bool? Optional = null, string? BlockId = null) : Block(BlockId)
{
    public PlainText Label { get; } = Limits.Text(Label, Limits.InputLabel, "input.label");

    public PlainText? Hint { get; } = Limits.Text(Hint, Limits.InputLabel, "input.hint");
}

public sealed record ImageBlock(string ImageUrl, string AltText, PlainText? Title = null, string? BlockId = null) : Block(BlockId)
{
    public string ImageUrl { get; } = Limits.Text(ImageUrl, Limits.Url, "image.image_url");

    public string AltText { get; } = Limits.Text(AltText, Limits.AltText, "image.alt_text");

    public PlainText? Title { get; } = Limits.Text(Title, Limits.AltText, "image.title");
}

/// <summary>Standard Markdown; all such blocks of a message share 12,000 code points.</summary>
public sealed record MarkdownBlock(string Text, string? BlockId = null) : Block(BlockId)
{
    public string Text { get; } = Limits.Text(Text, Limits.Markdown, "markdown.text");
}
