using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The procedures that the runbook ships; the harness has to know each of them.</summary>
public static partial class ShippedProcedures
{
    /// <summary>Their ids.</summary>
    /// <param name="root">The repository's folder.</param>
    public static IReadOnlyList<string> In(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, "runbook", "procedures"), "*.yaml").Select(IdIn).Order(StringComparer.Ordinal)];

    /// <summary>Those that nothing is known of here: they are not covered.</summary>
    public static IReadOnlyList<string> WithoutCase(string root) => [.. In(root).Except(ProcedureCases.All.Select(c => c.Id))];

    // A file without an id is not known of either.
    private static string IdIn(string file) => Id().Match(File.ReadAllText(file)) is { Success: true } id ? id.Groups[1].Value : Path.GetFileName(file);

    [GeneratedRegex(@"^id:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Id();
}
