using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The procedures that the runbook ships; the harness has to know each of them.</summary>
public static partial class ShippedProcedures
{
    /// <summary>Their ids.</summary>
    /// <param name="root">The repository's folder.</param>
    public static IReadOnlyList<string> In(string root) =>
        [.. Texts(root, "procedures").Select(IdIn).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Those that nothing is known of here: they are not covered. What an SOP does is known by its kinds of steps: the
    /// engine's promises are the kinds', so that a flag of another name is nothing new, and of what a person does it
    /// promises nothing.
    /// </summary>
    public static IReadOnlyList<string> WithoutCase(string root)
    {
        var cases = ProcedureCases.All.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var shipped = Texts(root, "procedures").Select(t => (Id: IdIn(t), Kinds: Found(Kind(), t.Text))).ToList();
        var played = shipped
            .Where(p => cases.Contains(p.Id))
            .SelectMany(p => p.Kinds)
            .Append("manual")
            .ToHashSet(StringComparer.Ordinal);
        var sops = Texts(root, "alerts").SelectMany(t => Found(Act(), t.Text)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. shipped
                .Where(p => !cases.Contains(p.Id) && !(sops.Contains(p.Id) && p.Kinds.All(played.Contains)))
                .Select(p => p.Id)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<(string File, string Text)> Texts(string root, string folder)
    {
        var path = Path.Combine(root, "runbook", folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.yaml").Select(file => (Path.GetFileName(file), File.ReadAllText(file)))
            : [];
    }

    private static List<string> Found(Regex what, string text) =>
        [.. what.Matches(text).Select(m => m.Groups[1].Value)];

    // A file without an id is not known of either.
    private static string IdIn((string File, string Text) procedure) =>
        Id().Match(procedure.Text) is { Success: true } id ? id.Groups[1].Value : procedure.File;

    [GeneratedRegex(@"^id:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\s+kind:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\s+procedure:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Act();
}
