using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// How long an event lasts. Days, and the hours between a beginning and an end, are those of the clock on the wall: a
/// night from 19:00 to 07:00 ends at 07:00 in the night of a change, too. Only hours that are written as a duration are
/// hours of the world (RFC 5545 3.3.6).
/// </summary>
internal sealed partial record CalendarSpan(TimeSpan OnTheWall, TimeSpan InTheWorld)
{
    /// <summary>Null, with the problem reported, for an end that does not go with the beginning.</summary>
    public static CalendarSpan? Of(CalendarPart part, CalendarTime start, CalendarFrame frame)
    {
        var (end, duration) = (part.Find("DTEND"), part.Find("DURATION"));
        if (duration is not null)
        {
            return end is null && Duration(duration.Value) is { } span
                ? span
                : frame.Problems.Report<CalendarSpan>(duration.Line, "event-end", duration.Value);
        }

        if (end is null)
        {
            return new CalendarSpan(start.WholeDay ? TimeSpan.FromDays(1) : TimeSpan.Zero, TimeSpan.Zero);
        }

        if (CalendarTime.Of(end.Value, end, frame) is not { } time)
        {
            return null;
        }

        return time.WholeDay != start.WholeDay || (!time.WholeDay && time.Clock.Floating != start.Clock.Floating)
            ? frame.Problems.Report<CalendarSpan>(end.Line, "event-end", end.Value)
            : new CalendarSpan(
                (time.Clock == start.Clock ? time.Local : start.Clock.Shown(time.Clock.At(time.Local))) - start.Local,
                TimeSpan.Zero
            );
    }

    /// <summary><c>PT12H</c>, <c>P1D</c>, <c>P2W</c>; null for anything else.</summary>
    public static CalendarSpan? Duration(string text)
    {
        var match = Written().Match(text.Trim().ToUpperInvariant());
        return match.Success && match.Groups.Values.Skip(1).Any(g => g.Success)
            ? new CalendarSpan(
                TimeSpan.FromDays((Number("w") * 7) + Number("d")),
                new TimeSpan(Number("h"), Number("m"), Number("s"))
            )
            : null;

        int Number(string group) =>
            match.Groups[group] is { Success: true, ValueSpan: var digits }
                ? int.Parse(digits, CultureInfo.InvariantCulture)
                : 0;
    }

    /// <summary>When it ends that begins then.</summary>
    public DateTimeOffset End(CalendarTime start, DateTime local, CalendarFrame frame) =>
        frame.At(start, local + OnTheWall) + InTheWorld;

    [GeneratedRegex(
        "^\\+?P(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,5})D)?"
            + "(?:T(?:(?<h>[0-9]{1,5})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,6})S)?)?$"
    )]
    private static partial Regex Written();
}
