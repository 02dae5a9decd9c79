using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Glancy.Ops.Roster;

namespace Glancy.Ops.Runbook.Files;

/// <summary>What <c>roster/</c> says, the weakest first.</summary>
internal sealed record RosterImported(IReadOnlyList<RosterOverride> Overrides, IReadOnlyList<CalendarDay> Days);

/// <summary>
/// <c>roster/</c>: who holds what when, as other tools export it - tables (<c>*.csv</c>), calendars (<c>*.ics</c>) and our own form
/// (<c>*.yaml</c>, with holidays, too) (§1.1). Each entry is an override; those of <c>roster.yaml</c> are stronger.
/// </summary>
internal static class RosterImports
{
    private const string Folder = "roster";
    private static readonly string[] Columns = ["role", "person", "from", "to"];
    private static readonly string[] Local = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] WithOffset = [.. Local.Select(form => form + "K")];

    public static RosterImported Read(RunbookReading reading, RosterImportTerms terms)
    {
        List<RosterOverride> overrides =
        [
            .. reading.Files(Folder, ".csv").SelectMany(file => Csv(reading, file, terms)),
            .. reading.Files(Folder, ".ics").SelectMany(file => RosterCalendar.Read(reading, file, terms)),
        ];
        List<CalendarDay> days = [];
        foreach (var file in reading.OpenAll(Folder).ToList())
        {
            overrides.AddRange(RosterFile.Overrides(file));
            days.AddRange(RosterDays.Read(file));
            file.Done();
        }

        return new RosterImported(overrides, days);
    }

    /// <summary>An entry whose parts are known; null, with the problem reported, otherwise.</summary>
    public static RosterOverride? Entry(RunbookReading reading, string file, int line, string role, string person, (DateTimeOffset From, DateTimeOffset To) time, string reason)
    {
        var known = reading.Problems.Count;
        reading.Refer(RunbookReading.Role, role, file, line);
        reading.Refer(RunbookReading.Person, person, file, line);
        if (time.To <= time.From)
        {
            reading.Problem(file, line, "ends-before-start");
        }

        return reading.Problems.Count == known ? new RosterOverride(role, person, time.From, time.To, reason) : null;
    }

    // Spreadsheets write a mark at the beginning, and times without an offset are the roster's.
    private static List<RosterOverride> Csv(RunbookReading reading, string file, RosterImportTerms terms)
    {
        var (broken, entries) = (0, new List<RosterOverride>());
        using var text = new StringReader((reading.Use(file) ?? "").TrimStart('\uFEFF'));
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            AllowComments = true,
            MissingFieldFound = null,
            BadDataFound = bad => broken = broken == 0 ? bad.Context.Parser?.RawRow ?? 1 : broken,
        });
        string[] named = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        if (Columns.Except(named).FirstOrDefault() is { } missing)
        {
            reading.Problem(file, 1, "csv-column", missing);
            return entries;
        }

        while (broken == 0 && csv.Read())
        {
            var line = csv.Parser.RawRow;
            if (Columns.FirstOrDefault(column => string.IsNullOrEmpty(csv.GetField(column))) is { } empty)
            {
                reading.Problem(file, line, "empty-value", empty);
            }
            else if (Instant(csv.GetField("from"), terms) is not { } from)
            {
                reading.Problem(file, line, "bad-instant", "from", csv.GetField("from") ?? "");
            }
            else if (Instant(csv.GetField("to"), terms) is not { } to)
            {
                reading.Problem(file, line, "bad-instant", "to", csv.GetField("to") ?? "");
            }
            else if (Entry(reading, file, line, csv.GetField("role") ?? "", csv.GetField("person") ?? "", (from, to), named.Contains("reason") ? csv.GetField("reason") ?? "" : file) is { } entry)
            {
                entries.Add(entry);
            }
        }

        if (broken > 0)
        {
            reading.Problem(file, broken, "bad-csv");
        }

        return entries;
    }

    private static DateTimeOffset? Instant(string? text, RosterImportTerms terms) =>
        DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? terms.At(local)
        : DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant
        : null;
}

/// <summary>What an import is read by.</summary>
/// <param name="DayStart">When the first shift of a day begins, for entries that name days alone.</param>
internal sealed record RosterImportTerms(TimeZoneInfo Zone, TimeOnly DayStart, IReadOnlyList<Role> Roles, IReadOnlyList<Person> People)
{
    /// <summary>A time of the roster's clock.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(plain, Zone.GetUtcOffset(plain));
    }
}
