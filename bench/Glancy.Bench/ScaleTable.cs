using System.Globalization;
using System.Text;

namespace Glancy.Bench;

/// <summary>The growth table of <c>docs/performance.md</c>, between its two marks.</summary>
internal static class ScaleTable
{
    private const string Begin = "<!-- scale -->";
    private const string End = "<!-- /scale -->";
    private const double Must = 2;

    // On so short a time the machine's own unrest is more than any growth.
    private const double Unrest = 5;

    public static async Task WriteAsync(
        string file,
        IReadOnlyList<Grown> grown,
        IReadOnlyList<Searched> searched,
        double verifiedPerSecond
    )
    {
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{file} has no place for the table.");
        }

        await File.WriteAllTextAsync(
            file,
            text[..(from + Begin.Length)] + "\n" + Table(grown, searched, verifiedPerSecond) + text[to..]
        );
    }

    private static string Table(IReadOnlyList<Grown> grown, IReadOnlyList<Searched> searched, double verifiedPerSecond)
    {
        var table = new StringBuilder();
        Rows(table, "runs", [.. grown.Select(g => (g.What, g.Runs, g.P95))]);
        Rows(table, "events", [.. searched.Select(s => (s.What, s.Events, s.P95))]);
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"`audit verify` at the most events: {verifiedPerSecond:#,0} a second (must 200,000, aim 1,000,000)."
        );
        return table.ToString();
    }

    private static void Rows(StringBuilder table, string of, IReadOnlyList<(string What, long Size, double P95)> seen)
    {
        if (seen.Count == 0)
        {
            return;
        }

        var sizes = seen.Select(s => s.Size).Distinct().Order().ToList();
        var head = sizes.Select(s => s.ToString("#,0", CultureInfo.InvariantCulture));
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"| p95 in ms, at so many {of} | {string.Join(" | ", head)} | x |"
        );
        table.AppendLine("|---|" + string.Concat(sizes.Select(_ => "---|")) + "---|");
        foreach (var what in seen.GroupBy(s => s.What))
        {
            var took = what.OrderBy(s => s.Size).Select(s => s.P95).ToList();
            var ratio = took[^1] / took[0];
            var said = ratio.ToString("0.0", CultureInfo.InvariantCulture);
            var cells = took.Select(t => t.ToString("0.0", CultureInfo.InvariantCulture));
            var mark = ratio > Must && took[^1] > Unrest ? $"**{said}**" : said;
            table.AppendLine(CultureInfo.InvariantCulture, $"| {what.Key} | {string.Join(" | ", cells)} | {mark} |");
        }

        table.AppendLine();
    }
}
