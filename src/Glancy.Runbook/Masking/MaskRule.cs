using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Masking;

/// <summary>What is masked, with what, and who may see it all the same.</summary>
/// <param name="As">Stands in the value's place: <c>[user]</c>, or <c>user-1a2b</c> where values are told
/// apart.</param>
/// <param name="Tag">Whether two mentions of one value can be recognised as the same.</param>
/// <param name="Pattern">Masks its group <c>mask</c>, or the whole match without one. Has a time limit.</param>
/// <param name="Except">Values that stay as they are; null for none.</param>
/// <param name="Reveal">Roles of which one may see the value; empty for nobody.</param>
public sealed record MaskRule(
    string Id,
    string As,
    bool Tag,
    Regex Pattern,
    Regex? Except,
    IReadOnlyList<string> Reveal,
    string Section
)
{
    /// <summary>
    /// Longer than any real line takes, on a busy machine too; a text on which a pattern works longer is withheld.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Group = "mask";

    // The same patterns are read with every version of the runbook, and building one costs more than using it.
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>The expression with its time limit, non-backtracking where it can be so.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Compile(string pattern) =>
        Compiled.GetOrAdd(
            pattern,
            static written =>
            {
                const RegexOptions Options = RegexOptions.CultureInvariant;
                try
                {
                    return new Regex(written, Options | RegexOptions.NonBacktracking, Patience);
                }
                catch (NotSupportedException)
                {
                    // Look-around and back references: these can take for ever, and the time limit ends that.
                    return new Regex(written, Options, Patience);
                }
            }
        );

    /// <summary>Where values to be masked stand in a text.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern works too long on it.</exception>
    public IEnumerable<(int Start, int Length)> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Each search begins right after the last value, not after its surroundings, which may begin the next one's.
        for (var from = 0; from <= text.Length && Pattern.Match(text, from) is { Success: true } match; )
        {
            var found = match.Groups[Group] is { Success: true } group ? group : (Capture)match;
            if (found.Length > 0 && Except?.IsMatch(found.Value) != true)
            {
                yield return (found.Index, found.Length);
            }

            from = Math.Max(found.Index + found.Length, from + 1);
        }
    }
}
