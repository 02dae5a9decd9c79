using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Glancy.Runbook.People;

namespace Glancy.Runbook.Roster;

/// <summary>
/// A table (<c>*.csv</c>) with the columns <c>role</c>, <c>person</c>, <c>from</c>, <c>to</c>, and <c>reason</c> if one
/// likes, as spreadsheets write it.
/// </summary>
internal static class RosterTable
{
    private const string Reason = "reason";
    private static readonly string[] Columns = ["role", "person", "from", "to"];

    // The year stands first: which of 4/5/2025 is the month, nobody can tell.
    private static readonly string[] Local =
    [
        .. new[] { "yyyy-M-d", "yyyy/M/d" }.SelectMany(day =>
            new[] { " H:mm", "'T'H:mm", " H:mm:ss", "'T'H:mm:ss" }.Select(time => day + time)
        ),
    ];

    private static readonly string[] WithOffset = [.. Local.Select(form => form + "K")];

    public static RosterImport Read(RunbookReading reading, string file, RosterImportTerms terms)
    {
        var text = reading.Use(file) ?? "";
        var entries = new List<RosterOverride>();
        if (Foreign(text) is { } separator)
        {
            reading.Problem(file, 1, "csv-separator", separator);
        }
        else
        {
            Rows(reading, file, text, terms, entries);
        }

        return new RosterImport(file, entries, 0, 0, 0);
    }

    // Spreadsheets of other countries separate by something else, and some say so in a line of their own.
    private static string? Foreign(string text)
    {
        var first = text.Split('\n')[0].Trim();
        return first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? first
            : first.Contains(',', StringComparison.Ordinal) ? null
            : first.Contains(';', StringComparison.Ordinal) ? ";"
            : first.Contains('\t', StringComparison.Ordinal) ? "Tab"
            : null;
    }

    private static void Rows(
        RunbookReading reading,
        string file,
        string text,
        RosterImportTerms terms,
        List<RosterOverride> entries
    )
    {
        var broken = 0;
        using var csv = new CsvReader(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                TrimOptions = TrimOptions.Trim,
                AllowComments = true,
                MissingFieldFound = null,
                PrepareHeaderForMatch = header => header.Header.ToLowerInvariant(),
                BadDataFound = bad => broken = broken == 0 ? bad.Context.Parser?.RawRow ?? 1 : broken,
            }
        );
        string[] named =
            csv.Read() && csv.ReadHeader()
                ? [.. (csv.HeaderRecord ?? []).Select(column => column.ToLowerInvariant())]
                : [];
        if (Columns.Except(named).FirstOrDefault() is { } missing)
        {
            reading.Problem(file, 1, "csv-column", missing);
            return;
        }

        if (Columns.Append(Reason).FirstOrDefault(column => named.Count(name => name == column) > 1) is { } twice)
        {
            reading.Problem(file, 1, "csv-column-twice", twice);
            return;
        }

        while (broken == 0 && csv.Read())
        {
            if (
                csv.Parser.Record?.All(string.IsNullOrWhiteSpace) != true
                && Row(reading, file, csv, terms) is { } entry
            )
            {
                entries.Add(entry with { Reason = named.Contains(Reason) ? entry.Reason : file });
            }
        }

        if (broken > 0)
        {
            reading.Problem(file, broken, "bad-csv");
        }
    }

    private static RosterOverride? Row(RunbookReading reading, string file, CsvReader csv, RosterImportTerms terms)
    {
        var line = csv.Parser.RawRow;
        if (Columns.FirstOrDefault(column => string.IsNullOrEmpty(csv.GetField(column))) is { } empty)
        {
            reading.Problem(file, line, "empty-value", empty);
            return null;
        }

        return Instant("from") is { } from && Instant("to") is { } to
            ? RosterImports.Entry(
                reading,
                file,
                line,
                terms,
                csv.GetField("role") ?? "",
                csv.GetField("person") ?? "",
                (from, to),
                csv.GetField(Reason) ?? ""
            )
            : null;

        DateTimeOffset? Instant(string column)
        {
            var text = csv.GetField(column) ?? "";
            if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                return terms.Clock.At(local);
            }

            if (
                DateTimeOffset.TryParseExact(
                    text,
                    WithOffset,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var instant
                )
            )
            {
                return instant;
            }

            reading.Problem(file, line, "csv-time", column, text);
            return null;
        }
    }
}
