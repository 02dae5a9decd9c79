using Glancy.Runbook.Procedures;

namespace Glancy.Runbook.Yaml;

/// <summary>Checks of texts with parameters in braces (<see cref="Placeholders"/>).</summary>
internal static class Braces
{
    public static IReadOnlyList<string> Names(string text) => [.. Placeholders.Names(text).Distinct()];

    /// <summary>Whether a brace is not part of a well-formed <c>{name}</c>.</summary>
    public static bool Broken(string text) =>
        Placeholders.Fill(text, Names(text).ToDictionary(name => name, _ => "")).AsSpan().ContainsAny('{', '}');
}
