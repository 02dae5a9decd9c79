using System.Runtime.CompilerServices;

namespace Glancy.Sandbox.Tests;

/// <summary>The repository these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", ".."));
}
