using System.Globalization;
using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Words;

/// <summary>Times and durations as people say them. Times are Shanghai's; pages name the zone once.</summary>
internal static class TimeText
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary><c>04-18 09:32:05</c></summary>
    public static Text Moment(DateTimeOffset at) => Local(at, "MM-dd HH:mm:ss");

    /// <summary><c>04-18 09:32</c></summary>
    public static Text Minute(DateTimeOffset at) => Local(at, "MM-dd HH:mm");

    /// <summary><c>2025-04-18 09:32:05</c></summary>
    public static Text Day(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm:ss");

    /// <summary><c>2025-04-18 19:00</c></summary>
    public static Text DayMinute(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm");

    /// <summary><c>09:32:05</c></summary>
    public static Text Time(DateTimeOffset at) => Local(at, "HH:mm:ss");

    /// <summary><c>09:32</c></summary>
    public static Text Clock(DateTimeOffset at) => Local(at, "HH:mm");

    /// <summary>The note for pages that show times.</summary>
    public static Text Zone(this Phrasebook words)
    {
        return words["page.zone"];
    }

    /// <summary>A duration in its two largest units: <c>1 h 5 min</c>, <c>45 s</c>, <c>0.3 s</c>.</summary>
    public static Text Duration(this Phrasebook words, TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            span = TimeSpan.Zero;
        }

        if (span < TimeSpan.FromSeconds(10))
        {
            return words.Say("duration.seconds", span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture));
        }

        var whole = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        var parts = new (int Count, string Key)[]
        {
            (whole.Days, "duration.days"),
            (whole.Hours, "duration.hours"),
            (whole.Minutes, "duration.minutes"),
            (whole.Seconds, "duration.seconds"),
        }
            .SkipWhile(p => p.Count == 0)
            .Take(2)
            .Where(p => p.Count > 0);
        return Text.Join(" ", parts.Select(p => words.Say(p.Key, Text.FromInt64(p.Count))));
    }

    /// <summary>Several things in a row.</summary>
    public static Text List(this Phrasebook words, IEnumerable<Text> items)
    {
        return Text.Join(words["page.list-separator"], items);
    }

    /// <summary>
    /// Reads a time as people type it in Shanghai: <c>2025-04-18</c>, <c>2025-04-18T09:30</c>, or with an offset of its
    /// own.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset at)
    {
        if (
            DateTime.TryParseExact(
                text,
                [
                    "yyyy-MM-dd",
                    "yyyy-MM-dd'T'HH:mm",
                    "yyyy-MM-dd'T'HH:mm:ss",
                    "yyyy-MM-dd HH:mm",
                    "yyyy-MM-dd HH:mm:ss",
                ],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            at = new DateTimeOffset(local, Shanghai.GetUtcOffset(local));
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out at
        );
    }

    /// <summary>
    /// Reads a stretch of time as people type it: <c>90m</c>, <c>2h</c>, <c>1d</c>; nothing longer than a year.
    /// </summary>
    public static bool TryReadSpan(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var unit = text.Length > 1 ? char.ToLowerInvariant(text[^1]) : ' ';
        if (
            unit is not ('m' or 'h' or 'd')
            || !int.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
            || number is 0 or > 500_000
        )
        {
            return false;
        }

        span = unit switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return span <= TimeSpan.FromDays(366);
    }

    private static Text Local(DateTimeOffset at, string format) =>
        TimeZoneInfo.ConvertTime(at, Shanghai).ToString(format, CultureInfo.InvariantCulture);
}
