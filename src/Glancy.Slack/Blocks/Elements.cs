using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>May stand beside a section.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(UsersSelect), "users_select")]
[JsonDerivedType(typeof(Overflow), "overflow")]
[JsonDerivedType(typeof(ImageElement), "image")]
public interface IAccessory;

/// <summary>May stand in a row of actions.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(UsersSelect), "users_select")]
[JsonDerivedType(typeof(Overflow), "overflow")]
public interface IActionElement
{
    /// <summary>No two of a row have the same.</summary>
    string ActionId { get; }
}

/// <summary>May be asked for in a view.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(UsersSelect), "users_select")]
public interface IInputElement;

/// <summary>May stand in a line of context.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
[JsonDerivedType(typeof(Mrkdwn), "mrkdwn")]
[JsonDerivedType(typeof(ImageElement), "image")]
public interface IContextElement;

/// <param name="Style"><c>primary</c> or <c>danger</c>; null for the plain one.</param>
public sealed record Button(
    PlainText Text,
    string ActionId,
    string? Value = null,
    string? Url = null,
    string? Style = null,
    Confirm? Confirm = null,
    string? AccessibilityLabel = null
) : IAccessory, IActionElement
{
    public PlainText Text { get; } = Limits.Text(Text, Limits.ButtonText, "button.text");

    public string ActionId { get; } = Limits.Text(ActionId, Limits.Id, "action_id");

    public string? Value { get; } = Limits.Text(Value, Limits.ButtonValue, "button.value");

    public string? Url { get; } = Limits.Text(Url, Limits.Url, "button.url");

    public string? AccessibilityLabel { get; } =
        Limits.Text(AccessibilityLabel, Limits.ButtonText, "button.accessibility_label");
}

public sealed record StaticSelect(
    string ActionId,
    IReadOnlyList<Option> Options,
    PlainText? Placeholder = null,
    Option? InitialOption = null,
    Confirm? Confirm = null
) : IAccessory, IActionElement, IInputElement
{
    public string ActionId { get; } = Limits.Text(ActionId, Limits.Id, "action_id");

    public IReadOnlyList<Option> Options { get; } = Limits.Items(Options, Limits.Options, "static_select.options");

    public PlainText? Placeholder { get; } = Limits.Text(Placeholder, Limits.Placeholder, "static_select.placeholder");
}

internal sealed record UsersSelect(
    string ActionId,
    PlainText? Placeholder = null,
    string? InitialUser = null,
    Confirm? Confirm = null
) : IAccessory, IActionElement, IInputElement
{
    public string ActionId { get; } = Limits.Text(ActionId, Limits.Id, "action_id");

    public PlainText? Placeholder { get; } = Limits.Text(Placeholder, Limits.Placeholder, "users_select.placeholder");
}

public sealed record Overflow(string ActionId, IReadOnlyList<Option> Options, Confirm? Confirm = null)
    : IAccessory,
        IActionElement
{
    public string ActionId { get; } = Limits.Text(ActionId, Limits.Id, "action_id");

    public IReadOnlyList<Option> Options { get; } = Limits.Items(Options, Limits.OverflowOptions, "overflow.options");
}

internal sealed record ImageElement(string ImageUrl, string AltText) : IAccessory, IContextElement
{
    public string ImageUrl { get; } = Limits.Text(ImageUrl, Limits.Url, "image.image_url");

    public string AltText { get; } = Limits.Text(AltText, Limits.AltText, "image.alt_text");
}

/// <param name="MaxLength">Code points Slack lets a person type, 1 to 3,000.</param>
public sealed record PlainTextInput(
    string ActionId,
    PlainText? Placeholder = null,
    string? InitialValue = null,
    bool? Multiline = null,
    int? MinLength = null,
    int? MaxLength = null
) : IInputElement
{
    public string ActionId { get; } = Limits.Text(ActionId, Limits.Id, "action_id");

    public PlainText? Placeholder { get; } =
        Limits.Text(Placeholder, Limits.Placeholder, "plain_text_input.placeholder");

    public string? InitialValue { get; } =
        Limits.Text(InitialValue, Limits.InputText, "plain_text_input.initial_value", least: 0);

    public int? MaxLength { get; } = Within(MaxLength);

    private static int? Within(int? length)
    {
        if (length is { } most)
        {
            Limits.Count(most, 1, Limits.InputText, "plain_text_input.max_length");
        }

        return length;
    }
}
