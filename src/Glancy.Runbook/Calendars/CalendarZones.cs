using NodaTime;
using NodaTime.TimeZones;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// What the names of zones mean in one calendar: what it describes itself, whatever the name (RFC 5545 3.2.19), else a
/// name that IANA or Windows knows exactly. A name that merely contains another means nothing.
/// </summary>
internal sealed class CalendarZones(CalendarPart calendar, CalendarProblems problems)
{
    private readonly Dictionary<string, ZoneClock?> known = new(StringComparer.Ordinal);

    /// <summary>
    /// Null, with the problem reported at <paramref name="line"/> or in the description, when nobody knows.
    /// </summary>
    public ZoneClock? Find(string name, int line)
    {
        var id = CalendarLine.Unescaped(name);
        var described = calendar.Inside("VTIMEZONE").Where(z => z.Find("TZID")?.Text == id).ToList();
        if (described.Count == 0)
        {
            return ByName(id) is { } zone ? new ZoneClock(zone) : problems.Report<ZoneClock>(line, "calendar-zone", id);
        }

        if (!known.TryGetValue(id, out var clock))
        {
            clock =
                described.Skip(1).FirstOrDefault(other => Said(other) != Said(described[0])) is { } second
                    ? problems.Report<ZoneClock>(second.Line, "calendar-zone-twice", id)
                : DescribedZone.Of(id, described[0], problems) is { } zone ? new ZoneClock(zone)
                : null;
            known[id] = clock;
        }

        return clock;
    }

    /// <summary>A name in a list of zones, in any case; null when none has it.</summary>
    public static DateTimeZone? ByName(string name)
    {
        var source = TzdbDateTimeZoneSource.Default;
        var windows = source.WindowsMapping.PrimaryMapping.FirstOrDefault(zone => Same(zone.Key)).Value;
        return (windows ?? source.GetIds().FirstOrDefault(Same)) is { } id
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            : null;

        bool Same(string one) => string.Equals(one, name, StringComparison.OrdinalIgnoreCase);
    }

    private static string Said(CalendarPart part) =>
        string.Join(
            '\n',
            part.Parts.Select(p =>
                    p.Name
                    + "\n"
                    + string.Join('\n', p.Lines.Select(l => l.Name + ":" + l.Value).Order(StringComparer.Ordinal))
                )
                .Order(StringComparer.Ordinal)
        );
}
