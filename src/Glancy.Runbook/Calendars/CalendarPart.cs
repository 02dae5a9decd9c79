namespace Glancy.Runbook.Calendars;

/// <summary>
/// A component (RFC 5545 3.6): its own lines, and the components inside it, in the order of the file.
/// </summary>
/// <param name="Line">Where it begins.</param>
internal sealed record CalendarPart(string Name, int Line, List<CalendarLine> Lines, List<CalendarPart> Parts)
{
    public CalendarLine? Find(string name) => Lines.Find(line => line.Name == name);

    public IEnumerable<CalendarLine> All(string name) => Lines.Where(line => line.Name == name);

    public IEnumerable<CalendarPart> Inside(string name) => Parts.Where(part => part.Name == name);

    /// <summary>The one calendar of a file; null, with the problem reported, for anything else.</summary>
    public static CalendarPart? Read(string text, CalendarProblems problems)
    {
        CalendarPart? calendar = null;
        var open = new Stack<CalendarPart>();
        foreach (var (number, written) in CalendarLine.Unfold(text))
        {
            var line = CalendarLine.Of(number, written);
            var part = line is { Name: "BEGIN" or "END" } ? line.Text.ToUpperInvariant() : "";
            if (calendar is null && (line?.Name != "BEGIN" || part != "VCALENDAR"))
            {
                return problems.Report<CalendarPart>(number, "calendar-begin");
            }

            if (line is null)
            {
                return problems.Report<CalendarPart>(number, "calendar-line", Start(written));
            }

            if (line.Name == "BEGIN" && (calendar is null || open.Count > 0))
            {
                var begun = new CalendarPart(part, number, [], []);
                if (open.TryPeek(out var around))
                {
                    around.Parts.Add(begun);
                }

                calendar ??= begun;
                open.Push(begun);
            }
            else if (open.Count == 0)
            {
                return problems.Report<CalendarPart>(
                    number,
                    part == "VCALENDAR" ? "calendar-second" : "calendar-line",
                    Start(written)
                );
            }
            else if (line.Name != "END")
            {
                open.Peek().Lines.Add(line);
            }
            else if (open.Pop() is var ended && ended.Name != part)
            {
                return problems.Report<CalendarPart>(ended.Line, "calendar-unclosed", ended.Name);
            }
        }

        return calendar is null ? problems.Report<CalendarPart>(1, "calendar-empty")
            : open.TryPeek(out var left) ? problems.Report<CalendarPart>(left.Line, "calendar-unclosed", left.Name)
            : calendar;
    }

    private static string Start(string line) => line.Length <= 40 ? line : line[..40] + "…";
}

/// <summary>Says what is wrong in one calendar's file, and that nothing comes of it.</summary>
internal sealed class CalendarProblems(RunbookReading reading, string file)
{
    private readonly int before = reading.Problems.Count;

    public bool Any => reading.Problems.Count > before;

    public T? Report<T>(int line, string code, params string[] arguments)
    {
        reading.Problem(file, line, code, arguments);
        return default;
    }
}
