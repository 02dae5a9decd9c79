namespace Glancy.Sandbox.Processes;

/// <summary>Finds the programs that the sandbox starts.</summary>
public static class Programs
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The full path of a program on PATH, in the system's folders, or in the given ones.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere; the message names the Debian package that carries it.</exception>
    public static string Find(string name, string package, params IEnumerable<string> also)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(SystemFolders).Concat(also)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"The program '{name}' is not installed; on Debian: apt-get install {package}.", name);
    }

    /// <summary>PostgreSQL's own programs; Debian keeps them off PATH, by version.</summary>
    public static string FindPostgres(string name) =>
        Find(name, "postgresql", Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(VersionOf).Select(d => Path.Combine(d, "bin"))
            : []);

    private static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
