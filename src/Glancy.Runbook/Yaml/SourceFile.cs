using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Yaml;

/// <summary><c>source.yaml</c>: which text this data implements, and the § it has.</summary>
internal static partial class SourceFile
{
    public static RunbookSource Read(RunbookReading reading)
    {
        if (reading.Open("source.yaml") is not { } fields)
        {
            return new RunbookSource("", "", default, new HashSet<string>());
        }

        var title = fields.Text("title");
        var hash = fields.Text("sha256");
        if (hash.Length > 0 && !Hash().IsMatch(hash))
        {
            fields.Problem("sha256", "bad-hash", hash);
        }

        if (
            !DateOnly.TryParseExact(
                fields.Text("date"),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            ) && fields.Has("date")
        )
        {
            fields.Problem("date", "bad-date", "date");
        }

        var sections = fields.Texts("sections");
        foreach (var section in sections)
        {
            if (!Number().IsMatch(section.Value))
            {
                reading.Problem(fields.File, section.Line, "bad-section", section.Value);
            }

            reading.Declare(References.Section, section.Value, fields.File, section.Line);
        }

        if (sections.Count == 0)
        {
            fields.Problem("sections", "missing-field", "sections");
        }

        fields.Done();
        return new RunbookSource(title, hash, date, sections.Select(s => s.Value).ToHashSet());
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)*$")]
    private static partial Regex Number();
}
