namespace Glancy.Sandbox.Bastion;

/// <summary>Where the repository's own files (the agent, the runbook) are.</summary>
internal static class RepositoryRoot
{
    /// <summary>
    /// The first folder upwards from the program, then from the working folder, that holds the solution.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is none; give the folder by option.</exception>
    public static string Find() =>
        Upwards(AppContext.BaseDirectory)
            .Concat(Upwards(Environment.CurrentDirectory))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "GlancyBot.sln")))
        ?? throw new DirectoryNotFoundException(
            "GlancyBot.sln was found neither above the program nor above the working folder; say where with --root."
        );

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
