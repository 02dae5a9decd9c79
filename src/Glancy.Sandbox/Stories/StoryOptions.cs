using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories;

/// <summary>How a story is played.</summary>
/// <param name="Folder">The world's folder; it remains when a claim did not come true.</param>
/// <param name="Seed">Varies the world's chance, who confirms, who reads which language, which replica answers, and
/// whether one dies.</param>
internal sealed record StoryOptions(string Folder, long Seed)
{
    /// <summary>The repository; found when null.</summary>
    public string? Root { get; init; }

    /// <summary>Path of <c>Glancy.Bot.dll</c>; looked for when null.</summary>
    public string? BotDll { get; init; }

    /// <summary>Where people talk to the bot.</summary>
    public Through Through { get; init; }

    /// <summary>
    /// A fault of production that the story does not reckon with: it must then fail, and say what did not come true.
    /// </summary>
    public string? Sabotage { get; init; }
}
