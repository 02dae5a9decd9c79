using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>Text in a block: 1 to 3,000 code points, less where the block says so.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
[JsonDerivedType(typeof(Mrkdwn), "mrkdwn")]
public abstract record TextObject(string Text) : IContextElement
{
    public string Text { get; } = Limits.Text(Text, Limits.SectionText, "text");
}

/// <summary>Text without mark-up; mentions and links in it are plain letters.</summary>
/// <remarks>Not sealed: JSON writes a type's own name only for types that could have heirs.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
public record PlainText(string Text, bool? Emoji = null) : TextObject(Text)
{
    public static implicit operator PlainText(string text) => new(text);

    public static PlainText FromString(string text) => new(text);
}

/// <summary>Slack's mark-up. Text that came from outside goes through <see cref="SlackText.Escape"/> first.</summary>
/// <param name="Verbatim">True (ours): addresses and names in the text are not turned into links and mentions.</param>
public sealed record Mrkdwn(string Text, bool? Verbatim = true) : TextObject(Text)
{
    /// <summary>Text from outside: nothing in it mentions anybody or becomes a link.</summary>
    public static Mrkdwn Outside(string text) => new(SlackText.Escape(text));
}
