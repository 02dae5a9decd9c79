using Glancy.Runbook.Calendars;
using Glancy.Runbook.People;

namespace Glancy.Runbook.Roster;

/// <summary>What <c>roster/</c> says, the weakest first.</summary>
internal sealed record RosterImported(IReadOnlyList<RosterImport> Files, IReadOnlyList<CalendarDay> Days);

/// <summary>
/// <c>roster/</c>: who holds what when, as other tools export it - tables (<c>*.csv</c>), calendars (<c>*.ics</c>) and
/// our own form (<c>*.yaml</c>, with holidays, too) (§1.1). Each entry is an override; those of <c>roster.yaml</c> are
/// stronger.
/// </summary>
internal static class RosterImports
{
    private const string Folder = "roster";

    public static RosterImported Read(RunbookReading reading, RosterImportTerms terms)
    {
        List<RosterImport> files =
        [
            .. reading.Files(Folder, ".csv").Select(file => RosterTable.Read(reading, file, terms)),
            .. reading.Files(Folder, ".ics").Select(file => RosterCalendar.Read(reading, file, terms)),
        ];
        List<CalendarDay> days = [];
        foreach (var file in reading.OpenAll(Folder).ToList())
        {
            var before = days.Count;
            var overrides = RosterFile.Overrides(file).ToList();
            days.AddRange(RosterDays.Read(file));
            files.Add(new RosterImport(file.File, overrides, days.Count - before, 0, 0));
            file.Done();
        }

        RosterContradictions.Report(reading, [.. files.SelectMany(f => f.Overrides)]);
        return new RosterImported(files, days);
    }

    /// <summary>An entry whose parts are known; null, with the problem reported, otherwise.</summary>
    public static RosterOverride? Entry(
        RunbookReading reading,
        string file,
        int line,
        RosterImportTerms terms,
        string role,
        string person,
        (DateTimeOffset From, DateTimeOffset To) time,
        string reason
    )
    {
        var known = reading.Problems.Count;
        var held = Known(References.Role, role, terms.Roles.Find(role));
        var holder = Known(References.Person, person, terms.People.Find(person));
        if (time.To <= time.From)
        {
            reading.Problem(file, line, "ends-before-start");
        }

        return reading.Problems.Count == known
            ? new RosterOverride(held, holder, time.From, time.To, reason) { File = file, Line = line }
            : null;

        string Known(string kind, string said, Recognised meant)
        {
            if (meant.Ambiguous)
            {
                reading.Problem(file, line, "ambiguous-" + kind, said, string.Join(", ", meant.Others));
                return said;
            }

            reading.Refer(kind, meant.Id ?? said, file, line);
            return meant.Id ?? said;
        }
    }
}

/// <summary>What an import is read by.</summary>
/// <param name="DayStart">When the first shift of a day begins, for entries that name days alone.</param>
internal sealed record RosterImportTerms(TimeZoneInfo Zone, TimeOnly DayStart, Spellings Roles, Spellings People)
{
    /// <summary>The clock of times that say no zone.</summary>
    public RosterClock Clock { get; } = new(Zone);
}
