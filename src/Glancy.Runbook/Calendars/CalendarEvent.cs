using System.Globalization;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// An event as it stands in the file: a single one, a series, or one edited occurrence of a series (RFC 5545 3.6.1).
/// </summary>
/// <param name="Sequence">Its revision.</param>
/// <param name="Edits">Which occurrence it replaces; null for none.</param>
/// <param name="Start">Null only for what is cancelled.</param>
internal sealed record CalendarEvent(
    CalendarPart Part,
    string? Uid,
    long Sequence,
    CalendarTime? Edits,
    bool Cancelled,
    CalendarTime? Start
)
{
    private static readonly string[] Once =
    [
        "UID",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RECURRENCE-ID",
    ];
    private static readonly string[] Repeating = ["RRULE", "RDATE", "EXDATE"];

    public int Line => Part.Line;

    public string Summary => Part.Find("SUMMARY")?.Text ?? "";

    /// <param name="takenBack">The calendar as a whole only cancels (RFC 5546 3.2.5).</param>
    /// <returns>Null with the problems reported.</returns>
    public static CalendarEvent? Read(CalendarPart part, bool takenBack, CalendarFrame frame)
    {
        var edits = part.Find("RECURRENCE-ID");

        // What would be passed over in silence is refused: an end by an old rule, an edit of all that follow, one thing
        // said twice.
        var foreign =
            part.Lines.Find(l => l.Name == "EXRULE" || (edits is not null && Repeating.Contains(l.Name)))
            ?? (edits?.Parameter("RANGE") is null ? null : edits)
            ?? Once.Select(name => part.All(name).Skip(1).FirstOrDefault()).FirstOrDefault(l => l is not null);
        if (foreign is not null)
        {
            return frame.Problems.Report<CalendarEvent>(foreign.Line, "event-field", foreign.Name);
        }

        var status = part.Find("STATUS");
        var cancelled = takenBack || string.Equals(status?.Text, "CANCELLED", StringComparison.OrdinalIgnoreCase);
        if (
            !cancelled
            && status is not null
            && !string.Equals(status.Text, "CONFIRMED", StringComparison.OrdinalIgnoreCase)
        )
        {
            return frame.Problems.Report<CalendarEvent>(status.Line, "event-status", status.Text);
        }

        var which = edits is null ? null : CalendarTime.Of(edits.Value, edits, frame);
        var begins = part.Find("DTSTART");
        var start = begins is null || cancelled ? null : CalendarTime.Of(begins.Value, begins, frame);
        if ((edits is not null && which is null) || (begins is not null && !cancelled && start is null))
        {
            return null;
        }

        return begins is null && !cancelled ? frame.Problems.Report<CalendarEvent>(part.Line, "event-start")
            : begins is not null && start is { WholeDay: false, Clock.Floating: true } && !frame.FloatingIsRosters
                ? frame.Problems.Report<CalendarEvent>(begins.Line, "calendar-zone-floating", frame.Own ?? "")
            : new CalendarEvent(
                part,
                part.Find("UID")?.Text is { Length: > 0 } uid ? uid : null,
                Revision(part),
                which,
                cancelled,
                start
            );
    }

    /// <summary>
    /// Whether a date or time from the file means an occurrence that begins then by the series' clock.
    /// </summary>
    public static bool Names(CalendarTime said, DateTime local, CalendarTime start) =>
        said.WholeDay ? said.Local == local.Date
        : said.Clock.Floating ? said.Local == local
        : said.Clock.At(said.Local) == start.Clock.At(local);

    private static long Revision(CalendarPart part) =>
        long.TryParse(part.Find("SEQUENCE")?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : 0;
}

/// <summary>Somebody's turn as a calendar says it.</summary>
/// <param name="Local">When it begins by the clock of its series.</param>
internal sealed record CalendarOccurrence(CalendarEvent Event, DateTime Local, DateTimeOffset From, DateTimeOffset To);
