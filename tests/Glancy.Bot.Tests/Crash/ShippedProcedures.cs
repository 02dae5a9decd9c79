using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The procedures that the runbook ships; the harness has to know each of them.</summary>
public static partial class ShippedProcedures
{
    /// <summary>Their ids.</summary>
    /// <param name="root">The repository's folder.</param>
    public static IReadOnlyList<string> In(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, "runbook", "procedures"), "*.yaml").Select(IdIn).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Those that nothing is known of here: they are not covered. What an SOP does is known by its kinds of steps: the engine's promises are the kinds',
    /// so that a flag of another name is nothing new, and of what a person does it promises nothing.
    /// </summary>
    public static IReadOnlyList<string> WithoutCase(string root)
    {
        var played = ProcedureCases.All.SelectMany(c => KindsOf(root, c.Id)).Append("manual").ToHashSet(StringComparer.Ordinal);
        var sops = Directory.EnumerateFiles(Path.Combine(root, "runbook", "alerts"), "*.yaml").SelectMany(f => Act().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        return [.. In(root).Except(ProcedureCases.All.Select(c => c.Id)).Where(id => !sops.Contains(id) || KindsOf(root, id).Except(played).Any())];
    }

    private static IEnumerable<string> KindsOf(string root, string id) => Kind().Matches(File.ReadAllText(Path.Combine(root, "runbook", "procedures", id + ".yaml"))).Select(m => m.Groups[1].Value);

    // A file without an id is not known of either.
    private static string IdIn(string file) => Id().Match(File.ReadAllText(file)) is { Success: true } id ? id.Groups[1].Value : Path.GetFileName(file);

    [GeneratedRegex(@"^id:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\s+kind:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\s+procedure:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Act();
}
