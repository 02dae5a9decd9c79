using System.Globalization;

namespace Glancy.Runbook.Hooks;

/// <summary>
/// PromQL files as an operator can paste them into Prometheus: only the placeholders have to be filled in.
/// <c>$segment</c> label matchers, <c>$window</c> the measure's window, <c>$month</c> the time since the month began in
/// the roster's time zone, <c>$days</c> the days that month has.
/// </summary>
public static class QueryText
{
    /// <summary>The segment of all traffic.</summary>
    public const string Total = "total";

    // §2.4: metrics are looked at in windows of five minutes.
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);

    public static IReadOnlySet<string> Placeholders { get; } =
        new HashSet<string> { "$segment", "$window", "$month", "$days" };

    /// <summary>The query with its placeholders filled in for one instant and segment.</summary>
    public static string Fill(string query, string segment, TimeSpan window, DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(zone);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var start = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var month = at - new DateTimeOffset(start, zone.GetUtcOffset(start));

        // Prometheus refuses an empty range: the first minute of a month counts as one.
        month = month < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : month;
        return query
            .Replace(
                "$segment",
                segment == Total ? "env=\"prod\"" : $"env=\"prod\",colour=\"{segment}\"",
                StringComparison.Ordinal
            )
            .Replace("$window", Range(window), StringComparison.Ordinal)
            .Replace("$month", Range(month), StringComparison.Ordinal)
            .Replace(
                "$days",
                DateTime.DaysInMonth(local.Year, local.Month).ToString(CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            );
    }

    /// <summary>
    /// The query over its newest five minutes only, where it looks further back than that; null where it does not. A
    /// month of answers does not notice a silence of ten minutes.
    /// </summary>
    public static string? Newest(string query, string segment, TimeSpan window, DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return window > Short || query.Contains("$month", StringComparison.Ordinal)
            ? Fill(query.Replace("$month", "$window", StringComparison.Ordinal), segment, Short, at, zone)
            : null;
    }

    /// <summary>Without the lines that only a person reads.</summary>
    public static string WithoutComments(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))).Trim();
    }

    /// <summary>A PromQL range in whole seconds.</summary>
    public static string Range(TimeSpan span) => ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s";
}
