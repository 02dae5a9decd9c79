using System.Text.RegularExpressions;

namespace Glancy.Runbook.Procedures;

/// <summary>Parameters in braces. There is no other expression in the runbook's data.</summary>
public static partial class Placeholders
{
    /// <summary>Names that the engine provides to every step.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    ["run", "drafted_at", "confirmed_at", "at", "hooks", "person", "ending", "left_out"];

    /// <summary>
    /// Replaces each <c>{name}</c> that is known; an unknown one stays as written, which the lint forbids.
    /// </summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Name().Replace(text, match => values.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    /// <summary>The names used in a text, in order.</summary>
    public static IEnumerable<string> Names(string text) => Name().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([a-z_][a-z0-9_]*)\}")]
    private static partial Regex Name();
}
