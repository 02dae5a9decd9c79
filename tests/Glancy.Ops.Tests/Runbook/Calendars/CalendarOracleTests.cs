using System.Globalization;
using Xunit.Sdk;

namespace Glancy.Ops.Tests.Runbook.Calendars;

/// <summary>
/// Calendars by chance - zones of their own with changes, rules, added, removed, edited and cancelled nights, in any
/// order - are read as a slow walk from day to day reads them.
/// </summary>
public sealed class CalendarOracleTests
{
    private const int Calendars = 150;
    private const string Stamp = "yyyy-MM-dd HH:mm";
    private static readonly string[] Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    [Theory]
    [InlineData(1)]
    [InlineData(20250418)]
    public void What_is_read_is_what_a_slow_walk_finds(int seed)
    {
        // A year of its own for each, so that all can lie side by side.
        using var copy = new RunbookCopy();
        var expected = new Dictionary<string, (string Text, List<string> Turns)>();
        for (var i = 0; i < Calendars; i++)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"roster/made-{i:000}.ics");
            expected[file] = Make(new Random(seed + i), 2010 + i);
            copy.Write(file, expected[file].Text);
        }

        var loaded = copy.Load();

        Assert.Empty(loaded.Problems.Select(RunbookFolders.Written));
        Assert.NotNull(loaded.Content);
        foreach (var (file, (text, turns)) in expected)
        {
            var read = loaded
                .Content.Roster.Imports.Single(i => i.File == file)
                .Overrides.Select(o => $"{Written(o.From)}..{Written(o.To)}")
                .ToList();
            if (!read.SequenceEqual(turns, StringComparer.Ordinal))
            {
                throw new XunitException(
                    $"{text}\nexpected\n{string.Join('\n', turns)}\nread\n{string.Join('\n', read)}"
                );
            }
        }
    }

    private static (string Text, List<string> Turns) Make(Random random, int year)
    {
        var zone = MadeUpZone.Of(random, year);
        var start = new DateTime(year, random.Next(2, 7), random.Next(1, 29), random.Next(24), 15 * random.Next(4), 0);
        var lasting = TimeSpan.FromMinutes(15 * random.Next(8, 50));
        var (rule, nights) = Rule(random, start, zone);
        List<string> more = [rule];
        if (random.Next(3) == 0 && nights[^1].AddDays(random.Next(1, 9)) is var added)
        {
            more.Add($"RDATE;TZID={zone.Id}:{MadeUpZone.Local(added)}");
            nights.Add(added);
        }

        var removed = nights.Skip(1).Where(_ => random.Next(6) == 0).ToList();
        more.AddRange(removed.Select(night => "EXDATE" + Named(random, night, zone)));
        var edited = nights.Except(removed).Where(_ => random.Next(5) == 0).ToList();
        var turns = nights.Except(removed).Except(edited).Select(night => (From: night, To: night + lasting)).ToList();
        List<string> parts = [zone.Described(random, year), Event(zone, start, lasting, [.. more])];
        foreach (var night in edited)
        {
            var cancelled = random.Next(3) == 0;
            var (moved, length) = (
                night.AddMinutes(15 * random.Next(-90, 90)),
                TimeSpan.FromMinutes(15 * random.Next(8, 50))
            );
            parts.Add(
                Event(
                    zone,
                    moved,
                    length,
                    ["RECURRENCE-ID" + Named(random, night, zone), .. cancelled ? new[] { "STATUS:CANCELLED" } : []]
                )
            );
            if (!cancelled)
            {
                turns.Add((moved, moved + length));
            }
        }

        var shuffled = parts.ToArray();
        random.Shuffle(shuffled);
        return (
            CalendarFile.Of(shuffled),
            [
                .. turns
                    .Select(t => (From: zone.At(t.From), To: zone.At(t.To)))
                    .OrderBy(t => t.From)
                    .ThenBy(t => t.To)
                    .Select(t => $"{Written(t.From)}..{Written(t.To)}"),
            ]
        );
    }

    // The rule as text, and the nights it names.
    private static (string Rule, List<DateTime> Nights) Rule(Random random, DateTime start, MadeUpZone zone)
    {
        var (interval, weekly, most) = (random.Next(1, 4), random.Next(2) == 0, random.Next(2, 12));
        var days = weekly
            ? Enumerable.Range(0, 7).Where(d => d == (int)start.DayOfWeek || random.Next(4) == 0).ToHashSet()
            : [];
        var monday = start.Date.AddDays(-(((int)start.DayOfWeek + 6) % 7));
        var nights = Enumerable
            .Range(0, 400)
            .Select(d => start.AddDays(d))
            .Where(at =>
                weekly
                    ? (at.Date - monday).Days / 7 % interval == 0 && days.Contains((int)at.DayOfWeek)
                    : (at - start).Days % interval == 0
            )
            .Take(most)
            .ToList();
        var last = nights[^1];
        var end = random.Next(4) switch
        {
            0 => "UNTIL=" + last.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            1 => "UNTIL=" + MadeUpZone.Local(last),
            2 => "UNTIL=" + MadeUpZone.Local(zone.At(last).UtcDateTime) + "Z",
            _ => "COUNT=" + most.ToString(CultureInfo.InvariantCulture),
        };
        var by = weekly ? ";BYDAY=" + string.Join(',', days.Select(d => Days[d])) : "";
        return ($"RRULE:FREQ={(weekly ? "WEEKLY" : "DAILY")};INTERVAL={interval}{by};{end}", nights);
    }

    // Which night is meant, in one of the ways there are.
    private static string Named(Random random, DateTime night, MadeUpZone zone) =>
        random.Next(4) switch
        {
            0 => $";TZID={zone.Id}:{MadeUpZone.Local(night)}",
            1 => ":" + MadeUpZone.Local(night),
            2 => ";VALUE=DATE:" + night.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            _ => $":{MadeUpZone.Local(zone.At(night).UtcDateTime)}Z",
        };

    private static string Event(MadeUpZone zone, DateTime from, TimeSpan lasting, string[] more) =>
        CalendarFile.Event([
            "UID:made",
            "SUMMARY:secondary: chen",
            $"DTSTART;TZID={zone.Id}:{MadeUpZone.Local(from)}",
            $"DTEND;TZID={zone.Id}:{MadeUpZone.Local(from + lasting)}",
            .. more,
        ]);

    private static string Written(DateTimeOffset at) =>
        at.ToUniversalTime().ToString(Stamp, CultureInfo.InvariantCulture);
}
