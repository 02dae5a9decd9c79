namespace Glancy.Slack.Blocks;

/// <summary>A line at the head of a form that stands out; only in modals.</summary>
/// <param name="Level"><c>info</c>, <c>warning</c>, <c>error</c> or <c>success</c>; null for the plain one.</param>
public sealed record AlertBlock(TextObject Text, string? Level = null, string? BlockId = null) : Block(BlockId)
{
    public TextObject Text { get; } = Limits.Text(Text, Limits.AlertText, "alert.text");

    internal override IEnumerable<string> Lines(string? typed) => [BlockWords.Of(Text)];
}
