namespace Glancy.Slack.Blocks;

/// <summary>The question Slack asks before it sends a click.</summary>
/// <param name="Style"><c>primary</c> or <c>danger</c> for the confirming button; null for the plain one.</param>
public sealed record Confirm(
    PlainText Title,
    TextObject Text,
    PlainText ConfirmLabel,
    PlainText Deny,
    string? Style = null
)
{
    public PlainText Title { get; } = Limits.Text(Title, Limits.ConfirmTitle, "confirm.title");

    public TextObject Text { get; } = Limits.Text(Text, Limits.ConfirmText, "confirm.text");

    [System.Text.Json.Serialization.JsonPropertyName("confirm")]
    public PlainText ConfirmLabel { get; } = Limits.Text(ConfirmLabel, Limits.ConfirmButton, "confirm.confirm");

    public PlainText Deny { get; } = Limits.Text(Deny, Limits.ConfirmButton, "confirm.deny");
}

/// <summary>One choice of a select or an overflow menu.</summary>
public sealed record Option(PlainText Text, string Value, PlainText? Description = null)
{
    public PlainText Text { get; } = Limits.Text(Text, Limits.OptionText, "option.text");

    public string Value { get; } = Limits.Text(Value, Limits.OptionValue, "option.value");

    public PlainText? Description { get; } = Limits.Text(Description, Limits.OptionText, "option.description");
}
