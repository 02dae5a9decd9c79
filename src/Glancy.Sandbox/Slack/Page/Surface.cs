using System.Text.Json;
using Glancy.Sandbox.Slack.Page.Blocks;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>
/// What everything that is drawn has to know of the place where it is drawn: in which words, who is called what, and
/// where presses go.
/// </summary>
/// <param name="Act">Told of a button that was pressed or a choice that was made; null where nothing can be
/// pressed.</param>
public sealed record Surface(PageWords Words, INames Names, Func<Pressed, Task>? Act)
{
    /// <summary>What was typed and chosen so far, where it is sent all at once: in a modal.</summary>
    public FieldValues? Fields { get; init; }

    /// <summary>What is wrong with the fields, by block_id.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>For pages without people.</summary>
    public static Surface Bare { get; } = new(PageWords.English, new NoNames(), null);
}

/// <summary>A press on an element of a block.</summary>
/// <param name="Element">The element as the app sent it.</param>
/// <param name="Option">The option that was chosen, as the app sent it; null for a button and for a person.</param>
/// <param name="Value">The option's value or the person's id; null for a button.</param>
public sealed record Pressed(string BlockId, JsonElement Element, JsonElement? Option, string? Value)
{
    public string ActionId => Element.Text("action_id") ?? "";

    /// <summary>What was chosen, as Slack names it; null for a button.</summary>
    public JsonElement? Choice =>
        Option is { } option ? SlackWire.Element(new { SelectedOption = option })
        : Value is { } person ? SlackWire.Element(new { SelectedUser = person })
        : null;
}

/// <summary>What ids are called, for the person who looks.</summary>
public interface INames
{
    /// <summary>Who looks.</summary>
    string Me { get; }

    /// <summary>Without the sign; null when nobody is called so.</summary>
    string? Person(string id);

    string? Channel(string id);

    string? Group(string id);

    /// <summary>Whom one can choose from, with id and name.</summary>
    IReadOnlyList<(string Id, string Name)> People { get; }
}

/// <summary>A page that knows nobody.</summary>
internal sealed class NoNames : INames
{
    public string Me => "";

    public IReadOnlyList<(string Id, string Name)> People => [];

    public string? Person(string id) => null;

    public string? Channel(string id) => null;

    public string? Group(string id) => null;
}
