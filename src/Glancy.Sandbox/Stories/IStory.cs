using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>Something that happens to the people of Glancy, told in what they type and what they see.</summary>
public interface IStory
{
    /// <summary>As it is called on the command line.</summary>
    string Name { get; }

    string About { get; }

    Beginning Beginning { get; }

    /// <summary>The transition at which a replica is killed; null when none is.</summary>
    string? KillAt(long seed);

    /// <exception cref="StoryCutException">Something without which it cannot go on did not come true.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellationToken);
}

/// <summary>The stories there are.</summary>
public static class StoryBook
{
    public static IReadOnlyList<IStory> All { get; } = [new RollbackStory(), new RollbackByPersonStory()];
}

/// <summary>A story that cannot go on; what is missing is among the failed claims.</summary>
public sealed class StoryCutException : Exception
{
    public StoryCutException()
    {
    }

    public StoryCutException(string message)
        : base(message)
    {
    }

    public StoryCutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
