using System.Runtime.CompilerServices;
using Glancy.Runbook;

namespace Glancy.Ops.Tests.Runbook;

/// <summary>The runbook of the repository, and copies of it with edits.</summary>
internal static class RunbookFolders
{
    public static RunbookLoader Loader { get; } = OpsServices.FilesAlone();

    public static string Shipped { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "runbook"));

    /// <summary>Loads the shipped runbook; fails the test, naming every problem, if it has any.</summary>
    public static RunbookContent Load()
    {
        var loaded = Loader.Load(Shipped);
        Assert.Empty(loaded.Problems.Select(Written));
        Assert.NotNull(loaded.Content);
        return loaded.Content;
    }

    public static string Written(RunbookProblem problem) =>
        $"{problem.File}:{problem.Line} {problem.Code} [{string.Join(" | ", problem.Arguments)}]";

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path) ?? "";
}

/// <summary>A copy of the shipped runbook in a folder of its own, to be made wrong.</summary>
internal sealed class RunbookCopy : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("glancy-runbook-").FullName;

    public RunbookCopy()
    {
        Folder = Path.Combine(root, "runbook");
        foreach (var file in Directory.EnumerateFiles(RunbookFolders.Shipped, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(RunbookFolders.Shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? Folder);
            File.Copy(file, target);
        }
    }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Replaces the first occurrence, and answers the one-based line on which it began.</summary>
    public int Replace(string file, string old, string @new)
    {
        var text = File.ReadAllText(PathOf(file));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{old}' is not in {file}");
        File.WriteAllText(PathOf(file), text[..at] + @new + text[(at + old.Length)..]);
        return text[..at].Count(c => c == '\n') + 1;
    }

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file)) ?? Folder);
        File.WriteAllText(PathOf(file), text);
    }

    public void WriteBastion(string text)
    {
        Directory.CreateDirectory(Path.Combine(root, "bastion"));
        File.WriteAllText(Path.Combine(root, "bastion", "commands.conf"), text);
    }

    public RunbookLoaded Load() => RunbookFolders.Loader.Load(Folder);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
