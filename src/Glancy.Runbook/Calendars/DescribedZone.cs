using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// A zone as a calendar describes it (VTIMEZONE, RFC 5545 3.6.5): its offset changes at each onset of its STANDARD and
/// DAYLIGHT parts.
/// </summary>
internal sealed partial class DescribedZone : DateTimeZone
{
    // No roster looks further ahead.
    private const int LastYear = 2299;

    private readonly List<ZoneInterval> intervals;

    private DescribedZone(string id, List<ZoneInterval> intervals)
        : base(id, intervals.Count == 1, intervals.Min(i => i.WallOffset), intervals.Max(i => i.WallOffset))
    {
        this.intervals = intervals;
    }

    /// <summary>Null, with the problem reported, for a description that gives no offsets.</summary>
    public static DescribedZone? Of(string id, CalendarPart part, CalendarProblems problems)
    {
        var onsets = new SortedDictionary<Instant, (Offset From, Offset To)>();
        foreach (var observance in part.Parts.Where(p => p.Name is "STANDARD" or "DAYLIGHT"))
        {
            if (
                Read(observance.Find("TZOFFSETFROM")) is not { } from
                || Read(observance.Find("TZOFFSETTO")) is not { } to
                || Onsets(observance, from) is not { } begins
            )
            {
                return problems.Report<DescribedZone>(observance.Line, "calendar-zone-broken", id);
            }

            foreach (var begin in begins)
            {
                onsets[begin.WithOffset(from).ToInstant()] = (from, to);
            }
        }

        return onsets.Count == 0
            ? problems.Report<DescribedZone>(part.Line, "calendar-zone-broken", id)
            : new DescribedZone(id, Intervals(id, onsets));
    }

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (low, high) = (0, intervals.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = intervals[middle].Start <= instant ? (middle, high) : (low, middle - 1);
        }

        return intervals[low];
    }

    // Before the first onset the offset is the one that it changes from.
    private static List<ZoneInterval> Intervals(string id, SortedDictionary<Instant, (Offset From, Offset To)> onsets)
    {
        var intervals = new List<ZoneInterval>();
        Instant? start = null;
        var offset = onsets.First().Value.From;
        foreach (var (at, change) in onsets.Where(o => o.Value.From != o.Value.To || o.Value.To != offset))
        {
            if (change.To != offset)
            {
                intervals.Add(new ZoneInterval(id, start, at, offset, Offset.Zero));
                (start, offset) = (at, change.To);
            }
        }

        return [.. intervals, new ZoneInterval(id, start, null, offset, Offset.Zero)];
    }

    // By the clock as it stood before each; null for what cannot be followed.
    private static IReadOnlyList<LocalDateTime>? Onsets(CalendarPart observance, Offset before)
    {
        if (observance.Find("DTSTART") is not { } start || CalendarTime.Unzoned(start.Value) is not { } first)
        {
            return null;
        }

        var clock = new ZoneClock(ForOffset(before));
        var begins = new List<DateTime>();
        foreach (var line in observance.All("RRULE"))
        {
            if (CalendarRule.Of(line.Value) is not { } rule)
            {
                return null;
            }

            try
            {
                begins.AddRange(rule.Starts(first, clock).TakeWhile(at => at.Year <= LastYear));
            }
            catch (CalendarRuleException)
            {
                return null;
            }
        }

        foreach (var date in observance.All("RDATE").SelectMany(line => line.Value.Split(',')))
        {
            if (CalendarTime.Unzoned(date) is not { } at)
            {
                return null;
            }

            begins.Add(at);
        }

        return
        [
            .. (observance.Find("RRULE") is null ? begins.Prepend(first) : begins).Select(LocalDateTime.FromDateTime),
        ];
    }

    private static Offset? Read(CalendarLine? line)
    {
        if (line is null || Written().Match(line.Value.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var seconds = (Number(2) * 3600) + (Number(3) * 60) + (match.Groups[4].Length > 0 ? Number(4) : 0);
        return Offset.FromSeconds(match.Groups[1].Value == "-" ? -seconds : seconds);

        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^([+-])(0[0-9]|1[0-7]):?([0-5][0-9])([0-5][0-9])?$")]
    private static partial Regex Written();
}
