namespace Glancy.Runbook.Calendars;

/// <summary>
/// Everything that one UID names: a single event or a series, and its edited occurrences, in any order (RFC 5545
/// 3.8.4.4).
/// </summary>
internal static class CalendarSeries
{
    /// <summary>What takes place; what was reported is left out.</summary>
    public static List<CalendarOccurrence> Of(IReadOnlyList<CalendarEvent> events, CalendarFrame frame, int most)
    {
        var series = Newest(events.Where(e => e.Edits is null), frame);
        var edits = events
            .Where(e => e.Edits is not null)
            .GroupBy(e => (e.Edits?.Clock, e.Edits?.Local))
            .Select(same => Newest(same, frame))
            .OfType<CalendarEvent>()
            .ToList();
        List<CalendarOccurrence>? stands = series is not { Start: { } start }
            ? []
            : CalendarRepetition.Of(series, start, frame, most);
        if (series is { Start: not null } && stands is { Count: 0 })
        {
            frame.Problems.Report<CalendarEvent>(series.Line, "event-nothing", series.Summary);
        }

        if (stands is null)
        {
            return [];
        }

        foreach (var edit in edits)
        {
            Replace(stands, edit, series, frame);
        }

        return stands;
    }

    // A cancelled occurrence of what is cancelled as a whole says nothing new; an edit without its series stands alone.
    private static void Replace(
        List<CalendarOccurrence> stands,
        CalendarEvent edit,
        CalendarEvent? series,
        CalendarFrame frame
    )
    {
        if (edit.Edits is { } which && series is { Cancelled: false, Start: { } start })
        {
            if (which.WholeDay && stands.Exists(o => o.Event == series && !frame.DayIsPlain(start, o.Local)))
            {
                Report(edit, "event-day", frame);
                return;
            }

            if (stands.Find(o => o.Event == series && CalendarEvent.Names(which, o.Local, start)) is not { } replaced)
            {
                Report(edit, "event-no-occurrence", frame);
                return;
            }

            stands.Remove(replaced);
        }
        else if (series is not null && !edit.Cancelled)
        {
            Report(edit, "event-no-occurrence", frame);
            return;
        }

        if (edit.Start is { } begins && CalendarSpan.Of(edit.Part, begins, frame) is { } span)
        {
            stands.Add(
                new CalendarOccurrence(
                    edit,
                    begins.Local,
                    frame.At(begins, begins.Local),
                    span.End(begins, begins.Local, frame)
                )
            );
        }
    }

    private static void Report(CalendarEvent edit, string code, CalendarFrame frame)
    {
        if (edit.Part.Find("RECURRENCE-ID") is { } line)
        {
            frame.Problems.Report<CalendarEvent>(line.Line, code, line.Value);
        }
    }

    // Of revisions the highest; two of one number contradict each other.
    private static CalendarEvent? Newest(IEnumerable<CalendarEvent> events, CalendarFrame frame)
    {
        var newest = events.GroupBy(e => e.Sequence).MaxBy(g => g.Key)?.ToList() ?? [];
        return newest.Count > 1
            ? frame.Problems.Report<CalendarEvent>(newest[1].Line, "event-twice", newest[1].Uid ?? "")
            : newest.FirstOrDefault();
    }
}
