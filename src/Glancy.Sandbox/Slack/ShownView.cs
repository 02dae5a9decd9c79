using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>A modal that is open, or somebody's App Home.</summary>
/// <param name="Id"><c>V...</c></param>
/// <param name="Hash">Its version.</param>
/// <param name="User">Who sees it.</param>
/// <param name="Content">As the app sent it, with every block_id and action_id: <c>type</c>, <c>title</c>,
/// <c>blocks</c>, <c>submit</c>, ...</param>
public sealed record ShownView(string Id, string Hash, string User, JsonElement Content)
{
    /// <summary>The first of the stack it is in.</summary>
    public string RootId { get; init; } = Id;

    /// <summary>The view under it; null for the first.</summary>
    public string? PreviousId { get; init; }

    /// <summary>What is wrong, by block_id; shown under the input.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>Shown above everything when the app did not answer; null when all is well.</summary>
    public string? Trouble { get; init; }

    public bool IsModal => Content.Text("type") == "modal";
}
