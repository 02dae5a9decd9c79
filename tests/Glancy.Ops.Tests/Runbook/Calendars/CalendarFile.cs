using System.Globalization;
using Glancy.Runbook;

namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>A calendar as text, and what a runbook that has it in <c>roster/</c> reads out of it.</summary>
internal static class CalendarFile
{
    public const string Name = "roster/x.ics";

    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public static string Of(params string[] parts) =>
        string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", .. parts, "END:VCALENDAR", ""]);

    /// <summary>An event; each line as it stands in the file.</summary>
    public static string Event(params string[] lines) =>
        string.Join("\r\n", ["BEGIN:VEVENT", "DTSTAMP:20250401T000000Z", .. lines, "END:VEVENT"]);

    /// <summary>A night in April 2025 by Shanghai's clock, 19:00 to 07:00.</summary>
    public static string Night(string uid, int day, string summary, params string[] more) =>
        Event([
            "UID:" + uid,
            $"DTSTART;TZID=Asia/Shanghai:202504{day:00}T190000",
            $"DTEND;TZID=Asia/Shanghai:202504{day + 1:00}T070000",
            "SUMMARY:" + summary,
            .. more,
        ]);

    /// <summary>A zone with one offset.</summary>
    public static string Fixed(string id, string offset) =>
        string.Join(
            "\r\n",
            "BEGIN:VTIMEZONE",
            "TZID:" + id,
            "BEGIN:STANDARD",
            "DTSTART:16010101T000000",
            "TZOFFSETFROM:" + offset,
            "TZOFFSETTO:" + offset,
            "END:STANDARD",
            "END:VTIMEZONE"
        );

    /// <summary><c>secondary=chen 04-18 19:00..04-19 07:00</c>, in Shanghai's hours.</summary>
    public static List<string> Entries(string text)
    {
        var loaded = Load(text);
        Assert.Empty(loaded.Problems.Select(RunbookFolders.Written));
        Assert.NotNull(loaded.Content);
        return
        [
            .. loaded.Content.Roster.Overrides.Select(o =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{o.Role}={o.Person} "
                        + $"{o.From.ToOffset(Shanghai):MM-dd HH:mm}..{o.To.ToOffset(Shanghai):MM-dd HH:mm}"
                )
            ),
        ];
    }

    /// <summary><c>5 event-endless</c>: the line and the code of each problem; nothing of such a file counts.</summary>
    public static List<string> Problems(string text)
    {
        var loaded = Load(text);
        Assert.Null(loaded.Content);
        Assert.All(loaded.Problems, p => Assert.Equal(Name, p.File));
        return [.. loaded.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Line} {p.Code}"))];
    }

    public static RunbookLoaded Load(string text)
    {
        using var copy = new RunbookCopy();
        copy.Write(Name, text);
        return copy.Load();
    }
}
