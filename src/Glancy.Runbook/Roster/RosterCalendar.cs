using System.Globalization;
using Glancy.Runbook.Calendars;
using Glancy.Runbook.People;
using NodaTime.TimeZones;

namespace Glancy.Runbook.Roster;

/// <summary>
/// A calendar in which every event says <c>role: person</c>. An event of whole days lasts from the first shift of its
/// first day to the first shift after its last; one that repeats has to end some day. What is not understood is a
/// problem: nothing is passed over.
/// </summary>
internal static class RosterCalendar
{
    private const int Most = 10_000;

    public static RosterImport Read(RunbookReading reading, string file, RosterImportTerms terms)
    {
        var nothing = new RosterImport(file, [], 0, 0, 0);
        var problems = new CalendarProblems(reading, file);
        if (CalendarPart.Read(reading.Use(file) ?? "", problems) is not { } calendar || !IsOurs(calendar, problems))
        {
            return nothing;
        }

        var takenBack = Says(calendar.Find("METHOD"), "CANCEL");
        var frame = Frame(calendar, terms, problems);
        var parts = calendar.Inside("VEVENT").ToList();
        if (parts.Count == 0)
        {
            problems.Report<CalendarPart>(calendar.Line, "calendar-empty");
            return nothing;
        }

        // An event without a UID is its own.
        var events = parts.Select(part => CalendarEvent.Read(part, takenBack, frame)).OfType<CalendarEvent>().ToList();
        if (problems.Any)
        {
            return nothing;
        }

        var found = events
            .GroupBy(e => e.Uid ?? $"\n{e.Line}", StringComparer.Ordinal)
            .SelectMany(same => CalendarSeries.Of([.. same], frame, Most))
            .ToList();
        if (found.Count > Most)
        {
            problems.Report<CalendarPart>(
                found[Most].Event.Line,
                "calendar-too-long",
                Most.ToString(CultureInfo.InvariantCulture)
            );
        }

        if (problems.Any)
        {
            return nothing;
        }

        var entries = Entries(reading, file, found, terms);
        return problems.Any
            ? nothing
            : new RosterImport(
                file,
                entries,
                0,
                events.Count(e => e.Cancelled),
                found.Count(o => o.Event.Start is { WholeDay: false, Clock.Floating: true })
            );
    }

    // Only what is published, sent to be kept, or taken back says who is on duty.
    private static bool IsOurs(CalendarPart calendar, CalendarProblems problems)
    {
        if (calendar.Find("VERSION") is { } version && version.Text != "2.0")
        {
            problems.Report<CalendarPart>(version.Line, "calendar-version", version.Text);
        }

        if (
            calendar.Find("METHOD") is { } method
            && !Says(method, "PUBLISH")
            && !Says(method, "REQUEST")
            && !Says(method, "CANCEL")
        )
        {
            problems.Report<CalendarPart>(method.Line, "calendar-method", method.Text);
        }

        return !problems.Any;
    }

    private static bool Says(CalendarLine? line, string word) =>
        string.Equals(line?.Text, word, StringComparison.OrdinalIgnoreCase);

    // A calendar's own zone is what other programs read times without one by; another than the roster's would be hours
    // off.
    private static CalendarFrame Frame(CalendarPart calendar, RosterImportTerms terms, CalendarProblems problems)
    {
        var own = calendar.Find("X-WR-TIMEZONE")?.Text;
        var zones = TzdbDateTimeZoneSource.Default.CanonicalIdMap;
        var same =
            own is null
            || string.Equals(own, terms.Zone.Id, StringComparison.OrdinalIgnoreCase)
            || (
                CalendarZones.ByName(own) is { } zone
                && zones.TryGetValue(zone.Id, out var one)
                && zones.TryGetValue(terms.Zone.Id, out var other)
                && one == other
            );
        return new CalendarFrame(
            new CalendarZones(calendar, problems),
            terms.Clock,
            terms.DayStart.ToTimeSpan(),
            problems
        )
        {
            Own = own,
            FloatingIsRosters = same,
        };
    }

    // One event that is wrong is told once, whatever it repeats.
    private static List<RosterOverride> Entries(
        RunbookReading reading,
        string file,
        List<CalendarOccurrence> found,
        RosterImportTerms terms
    )
    {
        var entries = new List<RosterOverride>();
        var wrong = new HashSet<int>();
        foreach (var (one, _, from, to) in found.OrderBy(o => o.From).ThenBy(o => o.Event.Line))
        {
            if (wrong.Contains(one.Line))
            {
                continue;
            }

            if (Said(one.Summary) is not { } said)
            {
                reading.Problem(file, one.Line, "event-summary", one.Summary);
                wrong.Add(one.Line);
            }
            else if (
                RosterImports.Entry(
                    reading,
                    file,
                    one.Line,
                    terms,
                    said.Role,
                    said.Person,
                    (from, to),
                    one.Part.Find("DESCRIPTION")?.Text ?? file
                ) is
                { } entry
            )
            {
                entries.Add(entry);
            }
            else
            {
                wrong.Add(one.Line);
            }
        }

        return entries;
    }

    private static (string Role, string Person)? Said(string summary) =>
        summary.Split(':', '：') is [var role, var person] && role.Trim().Length > 0 && person.Trim().Length > 0
            ? (role.Trim(), person.Trim())
            : null;
}
