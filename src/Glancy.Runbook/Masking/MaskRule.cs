using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Masking;

/// <summary>What is masked, with what, and who may see it all the same.</summary>
/// <param name="As">Stands in the value's place: <c>[user]</c>, or <c>user-1a2b</c> where values are told
/// apart.</param>
/// <param name="Tag">Whether two mentions of one value can be recognised as the same.</param>
/// <param name="Pattern">Masks its group <c>mask</c>, or the whole match without one.</param>
/// <param name="Except">Has to match all of a value that stays as it is; null for none.</param>
/// <param name="Reveal">Roles of which one may see the value; empty for nobody.</param>
public sealed record MaskRule(
    string Id,
    string As,
    bool Tag,
    string Pattern,
    string? Except,
    IReadOnlyList<string> Reveal,
    string Section
)
{
    private const string Group = "mask";

    /// <summary>Where values to be masked stand in a text.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern works too long on it.</exception>
    /// <exception cref="ArgumentException">The pattern, of a stored version, is none for this build.</exception>
    public IReadOnlyList<(int Start, int Length)> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var except = Except is null ? null : MaskExpression.Of(Whole(Except));
        return MaskExpression.Of(Pattern).On(text, pattern => Find(text, pattern, except));
    }

    /// <summary>The expression for all of a text, not for some place in it.</summary>
    internal static string Whole(string pattern) => "^(?:" + pattern + ")$";

    private static List<(int Start, int Length)> Find(string text, Regex pattern, MaskExpression? except)
    {
        var (places, begun) = (new List<(int, int)>(), Stopwatch.GetTimestamp());

        // Each search begins right after the last value, not after its surroundings, which may begin the next one's.
        for (var from = 0; from <= text.Length && pattern.Match(text, from) is { Success: true } match; )
        {
            var found = match.Groups[Group] is { Success: true } group ? group : (Capture)match;
            if (found.Length > 0 && except?.On(found.Value, e => e.IsMatch(found.Value)) != true)
            {
                places.Add((found.Index, found.Length));
            }

            from = Math.Max(found.Index + found.Length, from + 1);
            MaskExpression.Mind(pattern, begun, text);
        }

        return places;
    }
}
