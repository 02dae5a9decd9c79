namespace Glancy.Runbook.Calendars;

/// <summary>When a series takes place: its rules and added dates, less what is taken out (RFC 5545 3.8.5).</summary>
internal static class CalendarRepetition
{
    /// <summary>In order; null, with the problem reported, for what cannot be followed.</summary>
    /// <param name="most">More are a problem.</param>
    public static List<CalendarOccurrence>? Of(CalendarEvent series, CalendarTime start, CalendarFrame frame, int most)
    {
        if (
            CalendarSpan.Of(series.Part, start, frame) is not { } span
            || Starts(series, start, frame, most) is not { } starts
        )
        {
            return null;
        }

        var found = starts.ToDictionary(
            local => local,
            local => new CalendarOccurrence(series, local, frame.At(start, local), span.End(start, local, frame))
        );
        foreach (var line in series.Part.All("RDATE"))
        {
            foreach (var text in line.Value.Split(','))
            {
                if (Added(series, start, span, line, text, frame) is not { } added)
                {
                    return null;
                }

                found.TryAdd(added.Local, added);
            }
        }

        if (found.Count > most)
        {
            return TooLong(series, frame, most);
        }

        List<CalendarOccurrence> all = [.. found.Values.OrderBy(o => o.Local)];
        var left = all.ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var line in series.Part.All("EXDATE"))
        {
            foreach (var said in CalendarTime.AllOf(line, frame))
            {
                if (said.WholeDay && !all.TrueForAll(o => frame.DayIsPlain(start, o.Local)))
                {
                    return frame.Problems.Report<List<CalendarOccurrence>>(line.Line, "event-day", line.Value);
                }

                var taken = all.Where(o => CalendarEvent.Names(said, o.Local, start)).ToList();
                taken.ForEach(o => left.Remove(o));
                if (taken.Count == 0 && frame.At(said, said.Local) is var at && all[0].From < at && at < all[^1].From)
                {
                    return frame.Problems.Report<List<CalendarOccurrence>>(
                        line.Line,
                        "event-excludes-nothing",
                        line.Value
                    );
                }
            }
        }

        return [.. all.Where(left.Contains)];
    }

    private static HashSet<DateTime>? Starts(CalendarEvent series, CalendarTime start, CalendarFrame frame, int most)
    {
        var rules = series.Part.All("RRULE").ToList();
        if (rules.Count == 0)
        {
            return [start.Local];
        }

        var starts = new HashSet<DateTime>();
        foreach (var line in rules)
        {
            if (CalendarRule.Of(line.Value) is not { } rule)
            {
                return frame.Problems.Report<HashSet<DateTime>>(line.Line, "event-rule", line.Value);
            }

            if (rule.Endless)
            {
                return frame.Problems.Report<HashSet<DateTime>>(series.Line, "event-endless", series.Summary);
            }

            if (start.WholeDay && rule.EndsBetweenDays(frame.Roster))
            {
                return frame.Problems.Report<HashSet<DateTime>>(line.Line, "event-day", line.Value);
            }

            try
            {
                starts.UnionWith(rule.Starts(start.Local, start.Clock).Take(most + 1));
            }
            catch (CalendarRuleException)
            {
                return frame.Problems.Report<HashSet<DateTime>>(line.Line, "event-rule", line.Value);
            }

            if (rule.EndsWithDay && !starts.All(at => frame.DayIsPlain(start, at)))
            {
                return frame.Problems.Report<HashSet<DateTime>>(line.Line, "event-day", line.Value);
            }

            if (starts.Count > most)
            {
                TooLong(series, frame, most);
                return null;
            }
        }

        return starts.Contains(start.Local) && (!start.WholeDay || starts.All(at => at.TimeOfDay == TimeSpan.Zero))
            ? starts
            : frame.Problems.Report<HashSet<DateTime>>(rules[0].Line, "event-unsynchronised", rules[0].Value);
    }

    // A date or time, or a period with an end of its own.
    private static CalendarOccurrence? Added(
        CalendarEvent series,
        CalendarTime start,
        CalendarSpan span,
        CalendarLine line,
        string text,
        CalendarFrame frame
    )
    {
        var parts = text.Trim().Split('/');
        if (CalendarTime.Of(parts[0], line, frame) is not { } time)
        {
            return null;
        }

        if (time.WholeDay != start.WholeDay || parts.Length > 2)
        {
            return frame.Problems.Report<CalendarOccurrence>(line.Line, "calendar-time", line.Name, text);
        }

        var clock = time.Clock.Floating ? start.Clock : time.Clock;
        var local = time.WholeDay || clock == start.Clock ? time.Local : start.Clock.Shown(clock.At(time.Local));
        if (parts.Length == 1)
        {
            return new CalendarOccurrence(series, local, frame.At(start, local), span.End(start, local, frame));
        }

        var own = time with { Clock = clock };
        if (CalendarSpan.Duration(parts[1]) is { } lasting)
        {
            return new CalendarOccurrence(series, local, frame.At(start, local), lasting.End(own, own.Local, frame));
        }

        return CalendarTime.Of(parts[1], line, frame) is not { } end ? null
            : end.WholeDay ? frame.Problems.Report<CalendarOccurrence>(line.Line, "calendar-time", line.Name, text)
            : new CalendarOccurrence(
                series,
                local,
                frame.At(start, local),
                (end.Clock.Floating ? clock : end.Clock).At(end.Local)
            );
    }

    private static List<CalendarOccurrence>? TooLong(CalendarEvent series, CalendarFrame frame, int most) =>
        frame.Problems.Report<List<CalendarOccurrence>>(
            series.Line,
            "calendar-too-long",
            most.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
}
