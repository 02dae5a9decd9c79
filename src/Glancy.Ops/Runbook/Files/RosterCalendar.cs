using System.Globalization;
using Glancy.Ops.Roster;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Calendar = Ical.Net.Calendar;

namespace Glancy.Ops.Runbook.Files;

/// <summary>
/// A calendar in which every event says <c>role: person</c>, each by its id or its name. An event of whole days lasts from the first shift
/// of its first day to the first shift after its last; one that repeats has to end some day.
/// </summary>
internal static class RosterCalendar
{
    private const int Most = 10_000;

    public static IReadOnlyList<RosterOverride> Read(RunbookReading reading, string file, RosterImportTerms terms)
    {
        var text = (reading.Use(file) ?? "").TrimStart('\uFEFF');
        try
        {
            return Calendar.Load(text) is { } calendar ? [.. Entries(reading, file, text, calendar, terms)] : Nothing(reading, file);
        }
        // Whatever the library throws for it, the calendar is what is wrong.
        catch (Exception)
        {
            return Nothing(reading, file);
        }
    }

    private static IReadOnlyList<RosterOverride> Nothing(RunbookReading reading, string file)
    {
        reading.Problem(file, 0, "bad-calendar");
        return [];
    }

    private static List<RosterOverride> Entries(RunbookReading reading, string file, string text, Calendar calendar, RosterImportTerms terms)
    {
        var lines = Lines(text);
        var (good, entries) = (new Dictionary<CalendarEvent, (int Line, string Role, string Person)>(), new List<RosterOverride>());
        foreach (var (one, index) in calendar.Events.Select((one, index) => (one, index)))
        {
            var line = lines.ElementAtOrDefault(index);
            if (Said(one.Summary, terms) is not { } said)
            {
                reading.Problem(file, line, "event-summary", one.Summary ?? "");
            }
            else if (one.Start is null)
            {
                reading.Problem(file, line, "bad-calendar");
            }
            else if (one.RecurrenceRule is { Until: null, Count: null })
            {
                reading.Problem(file, line, "event-endless", one.Summary ?? "");
            }
            else
            {
                good[one] = (line, said.Role, said.Person);
            }
        }

        if (good.Count < calendar.Events.Count)
        {
            return entries;
        }

        var occurrences = calendar.GetOccurrences<CalendarEvent>().Take(Most + 1).ToList();
        if (occurrences.Count is 0 or > Most)
        {
            reading.Problem(file, 0, occurrences.Count == 0 ? "calendar-empty" : "calendar-too-long", Most.ToString(CultureInfo.InvariantCulture));
            return entries;
        }

        var wrong = new HashSet<CalendarEvent>();
        foreach (var occurrence in occurrences)
        {
            if (occurrence.Source is CalendarEvent source && good.TryGetValue(source, out var what) && !wrong.Contains(source))
            {
                var (from, to) = (Instant(occurrence.Period.StartTime, terms), Instant(occurrence.Period.EffectiveEndTime ?? occurrence.Period.StartTime, terms));
                if (RosterImports.Entry(reading, file, what.Line, what.Role, what.Person, (from, to), source.Description ?? file) is { } entry)
                {
                    entries.Add(entry);
                }
                else
                {
                    wrong.Add(source);
                }
            }
        }

        return entries;
    }

    private static (string Role, string Person)? Said(string? summary, RosterImportTerms terms)
    {
        if (summary?.Split(':', '：') is not [var role, var person])
        {
            return null;
        }

        var (who, what) = (person.Trim(), role.Trim());
        return (
            terms.Roles.FirstOrDefault(r => Same(r.Id, what) || Same(r.Name.Zh, what) || Same(r.Name.En, what))?.Id ?? what,
            terms.People.FirstOrDefault(p => Same(p.Id, who) || Same(p.Name, who))?.Id ?? who);

        static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static DateTimeOffset Instant(CalDateTime time, RosterImportTerms terms) =>
        !time.HasTime ? terms.At(time.Value.Date + terms.DayStart.ToTimeSpan())
        : time.IsFloating ? terms.At(time.Value)
        : new DateTimeOffset(DateTime.SpecifyKind(time.AsUtc, DateTimeKind.Utc)).ToOffset(terms.Zone.GetUtcOffset(time.AsUtc));

    // Where each event begins, in the order of the file.
    private static List<int> Lines(string text) =>
        [.. text.Split('\n').Select((line, index) => (line, index)).Where(l => l.line.TrimEnd() == "BEGIN:VEVENT").Select(l => l.index + 1)];
}
