namespace Glancy.Runbook;

/// <summary>Finds what was probably meant.</summary>
public static class Nearness
{
    /// <summary>The candidate with the fewest edits, if they are few for its length; null otherwise.</summary>
    public static string? Nearest(string typed, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var wanted = typed.ToLowerInvariant();
        return candidates
            .Select(candidate => (candidate, edits: Slips(wanted, candidate.ToLowerInvariant())))
            .Where(c => c.edits is not null)
            .OrderBy(c => c.edits)
            .ThenBy(c => c.candidate, StringComparer.Ordinal)
            .Select(c => c.candidate)
            .FirstOrDefault();
    }

    /// <summary>By how many edits the two differ, if they are few for their length; null otherwise.</summary>
    internal static int? Slips(string one, string other)
    {
        var few = Math.Max(1, Math.Min(one.Length, other.Length) / 3);
        return Math.Abs(one.Length - other.Length) <= few && Edits(one, other) is var edits && edits <= few
            ? edits
            : null;
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
