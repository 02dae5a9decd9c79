using System.Globalization;

namespace Glancy.Runbook.Calendars;

/// <summary>A date or a time with the clock it is told by.</summary>
/// <param name="Local">What the clock shows; midnight for a whole day.</param>
internal sealed record CalendarTime(DateTime Local, bool WholeDay, CalendarClock Clock)
{
    // Rosters are about people; what lies further off is a slip of the pen.
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    /// <summary>A date and time without a zone; null for anything else.</summary>
    public static DateTime? Unzoned(string text) =>
        Written.Of(text) is { WholeDay: false, Utc: false } time ? time.Value : null;

    /// <summary>Null for anything else than a date or time that can be meant.</summary>
    public static CalendarTime? Of(string text, CalendarLine line, CalendarFrame frame)
    {
        if (
            Written.Of(text) is not { Value.Year: >= FirstYear and <= LastYear } time
            || (time.WholeDay ? line.Parameter("VALUE") == "DATE-TIME" : line.Parameter("VALUE") == "DATE")
        )
        {
            return frame.Problems.Report<CalendarTime>(line.Line, "calendar-time", line.Name, text);
        }

        if (time.WholeDay)
        {
            return new CalendarTime(time.Value, WholeDay: true, frame.Roster);
        }

        if (time.Utc)
        {
            return new CalendarTime(time.Value, WholeDay: false, ZoneClock.Utc);
        }

        return line.Parameter("TZID") is not { } zone ? new CalendarTime(time.Value, WholeDay: false, frame.Roster)
            : frame.Zones.Find(zone, line.Line) is { } clock ? new CalendarTime(time.Value, WholeDay: false, clock)
            : null;
    }

    /// <summary>Every value of a list.</summary>
    public static IEnumerable<CalendarTime> AllOf(CalendarLine line, CalendarFrame frame) =>
        line.Value.Split(',').Select(text => Of(text.Trim(), line, frame)).OfType<CalendarTime>();

    /// <summary>A date, a time, or a time in UTC, as written.</summary>
    internal sealed record Written(DateTime Value, bool WholeDay, bool Utc)
    {
        public static Written? Of(string text)
        {
            var trimmed = text.Trim().ToUpperInvariant();
            return Parsed(trimmed, "yyyyMMdd") is { } day ? new Written(day, WholeDay: true, Utc: false)
                : Parsed(trimmed, "yyyyMMdd'T'HHmmss") is { } local ? new Written(local, WholeDay: false, Utc: false)
                : Parsed(trimmed, "yyyyMMdd'T'HHmmss'Z'") is { } utc ? new Written(utc, WholeDay: false, Utc: true)
                : null;
        }

        private static DateTime? Parsed(string text, string form) =>
            DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
                ? value
                : null;
    }
}

/// <summary>What the times of one calendar are read by.</summary>
/// <param name="Roster">For times without a zone, and for whole days.</param>
/// <param name="DayStart">When the first shift begins, and with it a whole day.</param>
internal sealed record CalendarFrame(
    CalendarZones Zones,
    RosterClock Roster,
    TimeSpan DayStart,
    CalendarProblems Problems
)
{
    /// <summary>The zone the calendar says it has as a whole (X-WR-TIMEZONE); null when it says none.</summary>
    public string? Own { get; init; }

    /// <summary>Times without a zone may be read by the roster's clock: the calendar does not say another.</summary>
    public bool FloatingIsRosters { get; init; } = true;

    /// <summary>
    /// Whether one may say the day of an occurrence: by the world's clock it may be another than people at the roster's
    /// mean.
    /// </summary>
    public bool DayIsPlain(CalendarTime start, DateTime local) =>
        start.Clock != ZoneClock.Utc || Roster.Shown(start.Clock.At(local)).Date == local.Date;

    /// <summary>When that begins; a whole day does with its first shift.</summary>
    public DateTimeOffset At(CalendarTime time, DateTime local) =>
        time.WholeDay ? Roster.At(local + DayStart) : time.Clock.At(local);
}
