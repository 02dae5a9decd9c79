namespace Glancy.Bot.Commands.Grammar;

/// <summary>Finds what was probably meant.</summary>
internal static class Nearness
{
    /// <summary>The candidate with the fewest edits, if they are few for its length; null otherwise.</summary>
    public static string? Nearest(string typed, IEnumerable<string> candidates)
    {
        var wanted = typed.ToLowerInvariant();
        return candidates
            .Select(candidate => (candidate, edits: Edits(wanted, candidate.ToLowerInvariant())))
            .Where(c => c.edits <= Math.Max(1, Math.Min(wanted.Length, c.candidate.Length) / 3))
            .OrderBy(c => c.edits).ThenBy(c => c.candidate, StringComparer.Ordinal)
            .Select(c => c.candidate)
            .FirstOrDefault();
    }

    // Insertions, deletions, replacements and swapped neighbours count one each.
    private static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
