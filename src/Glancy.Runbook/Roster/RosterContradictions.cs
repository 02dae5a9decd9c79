using System.Globalization;
using Glancy.Runbook.People;

namespace Glancy.Runbook.Roster;

/// <summary>
/// Two entries under <c>roster/</c> that give one role to different persons at one time (§1.1). Which of them is read
/// later is no decision of anybody's, so it is a problem: at the later entry, which names the other. What
/// <c>roster.yaml</c> says is stronger than both, and no part of this.
/// </summary>
internal static class RosterContradictions
{
    /// <summary>Each pair of lines is told once, however often an entry repeats.</summary>
    public static void Report(RunbookReading reading, IReadOnlyList<RosterOverride> imported)
    {
        var told = new HashSet<(string, int, string, int)>();
        foreach (
            var role in imported
                .Where(o => o.From != default && o.From < o.To)
                .GroupBy(o => o.Role, StringComparer.Ordinal)
        )
        {
            var running = new List<RosterOverride>();
            foreach (
                var next in role.OrderBy(o => o.From).ThenBy(o => o.File, StringComparer.Ordinal).ThenBy(o => o.Line)
            )
            {
                running.RemoveAll(o => o.To <= next.From);
                foreach (var other in running.Where(o => o.Person != next.Person && o.From < next.To))
                {
                    var (first, second) = Before(other, next) ? (other, next) : (next, other);
                    if (told.Add((first.File, first.Line, second.File, second.Line)))
                    {
                        reading.Problem(
                            second.File,
                            second.Line,
                            "roster-contradiction",
                            role.Key,
                            second.Person,
                            first.Person,
                            string.Create(CultureInfo.InvariantCulture, $"{first.File}:{first.Line}"),
                            next.From.ToString("yyyy-MM-dd HH:mmzzz", CultureInfo.InvariantCulture)
                        );
                    }
                }

                running.Add(next);
            }
        }
    }

    private static bool Before(RosterOverride one, RosterOverride other) =>
        (string.CompareOrdinal(one.File, other.File), one.Line.CompareTo(other.Line)) is (< 0, _) or (0, <= 0);
}
