using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// A rule of repetition (RFC 5545 3.3.10). It is followed by the clock on the wall; only its end may be an instant.
/// </summary>
internal sealed class CalendarRule
{
    // Steps without a date before a rule counts as one that names none.
    private const int Patience = 20_000;

    private readonly RecurrenceRule rule;
    private readonly CalendarTime.Written? until;

    private CalendarRule(RecurrenceRule rule, CalendarTime.Written? until)
    {
        this.rule = rule;
        this.until = until;
    }

    public bool Endless => rule.Count is null && until is null;

    /// <summary>It ends with a day, not at an instant.</summary>
    public bool EndsWithDay => until is { WholeDay: true };

    /// <summary>Null for what is none.</summary>
    public static CalendarRule? Of(string text)
    {
        var parts = text.Trim().Split(';').Select(part => part.Split('=', 2)).ToList();
        var names = parts.Select(part => part[0].Trim().ToUpperInvariant()).ToList();
        if (parts.Any(part => part.Length < 2) || names.Distinct().Count() < names.Count)
        {
            return null;
        }

        var end = names.IndexOf("UNTIL");
        var until = end < 0 ? null : CalendarTime.Written.Of(parts[end][1]);
        try
        {
            return end >= 0 && (until is null || names.Contains("COUNT"))
                ? null
                : new CalendarRule(
                    new RecurrenceRule(
                        string.Join(';', parts.Where((_, index) => index != end).Select(part => string.Join('=', part)))
                    ),
                    until
                );
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// An end by the world's clock for days by the wall's: which day it is may depend on where one stands.
    /// </summary>
    public bool EndsBetweenDays(CalendarClock clock) =>
        until is { Utc: true } end && clock.Shown(Instant(end)).Date != end.Value.Date;

    /// <summary>What it names from a beginning on, in order.</summary>
    /// <exception cref="CalendarRuleException">While it is enumerated: nothing comes of it any more.</exception>
    public IEnumerable<DateTime> Starts(DateTime first, CalendarClock clock)
    {
        using var found = Followed(() =>
            new RecurrencePatternEvaluator(rule)
                .Evaluate(
                    new CalDateTime(first, null, hasTime: true),
                    null,
                    new EvaluationOptions { MaxUnmatchedIncrementsLimit = Patience }
                )
                .GetEnumerator()
        );
        while (
            Followed(found.MoveNext)
            && found.Current.StartTime.Value is var at
            && !Ended(DateTime.SpecifyKind(at, DateTimeKind.Unspecified), clock)
        )
        {
            yield return DateTime.SpecifyKind(at, DateTimeKind.Unspecified);
        }
    }

    private static DateTimeOffset Instant(CalendarTime.Written time) =>
        new(DateTime.SpecifyKind(time.Value, DateTimeKind.Utc));

    private static T Followed<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is EvaluationException or ArgumentException or OverflowException)
        {
            throw new CalendarRuleException(e);
        }
    }

    // A date is the whole day (people and programs write it for times, too); an instant is compared as one.
    private bool Ended(DateTime at, CalendarClock clock) =>
        until switch
        {
            null => false,
            { WholeDay: true } day => at.Date > day.Value,
            { Utc: true } instant => clock.At(at) > Instant(instant),
            var local => at > local.Value,
        };
}

/// <summary>A rule that cannot be followed: it names nothing, or leaves the calendar.</summary>
internal sealed class CalendarRuleException(Exception inner) : Exception("The rule cannot be followed.", inner);
