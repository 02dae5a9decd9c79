using Glancy.Sandbox.Stories.Endings;
using Glancy.Sandbox.Stories.Shift;
using Glancy.Sandbox.Stories.Venues;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>Something that happens to the people of Glancy, told in what they type and what they see.</summary>
internal interface IStory
{
    /// <summary>As it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What <c>--way</c> or <c>--fault</c> asks for; null for the story as it is told first.</summary>
    string? Variant => null;

    string About { get; }

    Beginning Beginning { get; }

    /// <summary>Real time that the rollback script takes.</summary>
    TimeSpan RollbackTakes => TimeSpan.FromSeconds(2);

    /// <summary>Where alone it can be played; null where both will do.</summary>
    Through? Only => null;

    /// <summary>Whether its world has an Alertmanager.</summary>
    bool Alerts => false;

    /// <summary>How long a dead replica's claim on a run keeps the others from it; real time.</summary>
    TimeSpan RowLease => TimeSpan.FromSeconds(5);

    /// <summary>The transition at which a replica is killed; null when none is.</summary>
    string? KillAt(long seed) => null;

    /// <exception cref="StoryCutException">Something without which it cannot go on did not come true.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellationToken);
}

/// <summary>The stories there are.</summary>
internal static class StoryBook
{
    public static IReadOnlyList<IStory> All { get; } =
    [
        new RollbackStory(WayBack.Full, null),
        new RollbackStory(WayBack.OneRung, "one-rung"),
        new RedPersistsStory(),
        new ScriptHangsStory(),
        new ScriptFailsStory(),
        new PrometheusDownStory(),
        new DraftExpiresStory(),
        new HookRecoversStory(),
        new StillBrokenStory(),
        new DriftStory(),
        new RollbackByPersonStory(),
        new ShiftStory(),
    ];

    /// <summary>The names that can be typed.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(s => s.Name).Distinct()];

    /// <summary>What <c>--fault</c> may be: an ending of its own for one of the stories.</summary>
    public static IReadOnlyList<string> Faults { get; } =
    [.. All.Select(s => s.Variant).OfType<string>().Where(v => v != "one-rung")];

    /// <summary>The story as asked for; null when it has no such variant.</summary>
    public static IStory? Find(string name, string? variant) =>
        All.FirstOrDefault(s => s.Name == name && s.Variant == variant);
}

/// <summary>A story that cannot go on; what is missing is among the failed claims.</summary>
internal sealed class StoryCutException : Exception
{
    public StoryCutException() { }

    public StoryCutException(string message)
        : base(message) { }

    public StoryCutException(string message, Exception innerException)
        : base(message, innerException) { }
}
