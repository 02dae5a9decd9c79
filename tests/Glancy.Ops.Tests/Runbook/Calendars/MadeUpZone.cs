using System.Globalization;

namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>
/// A zone that no list knows, described for a file, and the same looked up the slow way: day by day, without a library,
/// so that it is independent of what reads the description.
/// </summary>
internal sealed record MadeUpZone(
    string Id,
    TimeSpan Standard,
    TimeSpan Saved,
    (int Month, int Nth, DayOfWeek Day, int Hour) Forward,
    (int Month, int Nth, DayOfWeek Day, int Hour) Back
)
{
    private static readonly string[] Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public static MadeUpZone Of(Random random, int number)
    {
        var names = new[]
        {
            "GMT",
            "CST",
            "Asia/Shanghai",
            "Customized Time Zone",
            "China Standard Time",
            "Office " + number,
        };
        return new MadeUpZone(
            names[random.Next(names.Length)],
            TimeSpan.FromMinutes(30 * random.Next(-20, 25)),
            TimeSpan.FromMinutes(new[] { 0, 30, 60, 60 }[random.Next(4)]),
            (random.Next(3, 6), random.Next(1, 6), (DayOfWeek)random.Next(7), random.Next(1, 4)),
            (random.Next(9, 12), random.Next(1, 6), (DayOfWeek)random.Next(7), random.Next(1, 4))
        );
    }

    /// <summary>By a rule from long ago, by a rule from some year on, or date by date.</summary>
    public string Described(Random random, int year)
    {
        var (standard, saved) = (Offset(Standard), Offset(Standard + Saved));
        string[] parts =
            Saved == TimeSpan.Zero
                ? [Part("STANDARD", standard, standard, "DTSTART:16010101T000000")]
                : random.Next(3) switch
                {
                    0 =>
                    [
                        Part("STANDARD", saved, standard, "DTSTART:16010101T0" + Back.Hour + "0000", Rule(Back)),
                        Part("DAYLIGHT", standard, saved, "DTSTART:16010101T0" + Forward.Hour + "0000", Rule(Forward)),
                    ],
                    1 =>
                    [
                        Part("DAYLIGHT", standard, saved, "DTSTART:" + Local(At(Forward, 1970)), Rule(Forward)),
                        Part("STANDARD", saved, standard, "DTSTART:" + Local(At(Back, 1969)), Rule(Back)),
                    ],
                    _ =>
                    [
                        .. Enumerable
                            .Range(year - 1, 3)
                            .SelectMany(y =>
                                new[]
                                {
                                    Part("DAYLIGHT", standard, saved, "DTSTART:" + Local(At(Forward, y))),
                                    Part("STANDARD", saved, standard, "DTSTART:" + Local(At(Back, y))),
                                }
                            ),
                    ],
                };
        return string.Join("\r\n", ["BEGIN:VTIMEZONE", "TZID:" + Id, .. parts, "END:VTIMEZONE"]);
    }

    /// <summary>The earlier of an hour that there is twice; by the offset before where there is none.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var possible = new[] { Standard + Saved, Standard }
            .Where(offset => OffsetThen(local - offset) == offset)
            .ToList();
        return new DateTimeOffset(local - (possible.Count > 0 ? possible[0] : Standard), TimeSpan.Zero);
    }

    public static string Local(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private TimeSpan OffsetThen(DateTime utc)
    {
        var year = (utc + Standard).Year;
        return At(Forward, year) - Standard <= utc && utc < At(Back, year) - Standard - Saved
            ? Standard + Saved
            : Standard;
    }

    // The nth such day of the month, the last where the month has fewer.
    private static DateTime At((int Month, int Nth, DayOfWeek Day, int Hour) rule, int year)
    {
        var days = Enumerable
            .Range(1, DateTime.DaysInMonth(year, rule.Month))
            .Select(d => new DateTime(year, rule.Month, d))
            .Where(d => d.DayOfWeek == rule.Day)
            .ToList();
        return (rule.Nth > 4 ? days[^1] : days[rule.Nth - 1]).AddHours(rule.Hour);
    }

    private static string Rule((int Month, int Nth, DayOfWeek Day, int Hour) rule) =>
        $"RRULE:FREQ=YEARLY;BYMONTH={rule.Month};BYDAY={(rule.Nth > 4 ? -1 : rule.Nth)}{Days[(int)rule.Day]}";

    private static string Part(string name, string from, string to, params string[] more) =>
        string.Join("\r\n", ["BEGIN:" + name, .. more, "TZOFFSETFROM:" + from, "TZOFFSETTO:" + to, "END:" + name]);

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
