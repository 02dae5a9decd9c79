namespace Glancy.Sandbox.Processes;

/// <summary>Finds the programs that the sandbox starts.</summary>
internal static class Programs
{
    private static readonly string[] SystemFolders =
    [
        "/usr/local/sbin",
        "/usr/local/bin",
        "/usr/sbin",
        "/usr/bin",
        "/sbin",
        "/bin",
    ];

    /// <summary>The full path of a program on PATH, in the system's folders, or in the given ones.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere; the message names the Debian package that carries
    /// it.</exception>
    public static string Find(string name, string package, params IEnumerable<string> also) =>
        FindAny([name], package, also);

    /// <summary>Alertmanager, as Debian calls it or as its makers do.</summary>
    public static string FindAlertmanager() =>
        FindAny(["prometheus-alertmanager", "alertmanager"], "prometheus-alertmanager");

    /// <summary>Chromium or Chrome, whatever this system calls it.</summary>
    public static string FindChromium() =>
        FindAny(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"], "chromium");

    /// <summary>PostgreSQL's own programs; Debian keeps them off PATH, by version.</summary>
    public static string FindPostgres(string name) =>
        Find(
            name,
            "postgresql",
            Directory.Exists("/usr/lib/postgresql")
                ? Directory
                    .GetDirectories("/usr/lib/postgresql")
                    .OrderByDescending(VersionOf)
                    .Select(d => Path.Combine(d, "bin"))
                : []
        );

    // The first name that is anywhere; the wrapper looks in the same order.
    private static string FindAny(IReadOnlyList<string> names, string package, params IEnumerable<string> also)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var folders = path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Concat(also)
            .ToList();
        return names
                .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"The program '{names[0]}' is not installed; ./glancy setup installs it (Debian's package: {package}).",
                names[0]
            );
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
