using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>
/// What a picture shows, kept beside it: it is put into words when the message is written, in the channel's language.
/// </summary>
public sealed record HookChartFacts
{
    public required string Hook { get; init; }

    /// <summary>Id of the measure.</summary>
    public required string Measure { get; init; }

    public required string Segment { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>The limit: <c>&lt; 99.9 %</c>.</summary>
    public required string Red { get; init; }

    public string? Yellow { get; init; }

    public required DateTimeOffset FirstRedAt { get; init; }

    /// <summary>The value furthest on the red side, in its unit.</summary>
    public required string Worst { get; init; }

    public required DateTimeOffset WorstAt { get; init; }

    /// <summary>The value at the end; null when there was none.</summary>
    public string? Last { get; init; }

    /// <summary>How much of the time has no value.</summary>
    public required TimeSpan Missing { get; init; }

    public required IReadOnlyList<ChartMark> Marks { get; init; }

    public static HookChartFacts Of(HookChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var series = chart.Series;
        var measure = series.Measure;
        var known = series.Points.Where(p => p.Value is not null).ToList();
        var worst = measure.Red.Upward ? known.MaxBy(p => p.Value) : known.MinBy(p => p.Value);
        return new HookChartFacts
        {
            Hook = series.Hook,
            Measure = measure.Id,
            Segment = series.Segment,
            From = series.From,
            To = series.To,
            Red = measure.Red.ToString(),
            Yellow = measure.Yellow?.ToString(),
            FirstRedAt = chart.FirstRedAt,
            Worst = Format(worst?.Value) ?? "?",
            WorstAt = worst?.At ?? series.From,
            Last = Format(series.Points[^1].Value),
            Missing = series.Step * series.Points.Count(p => p.Value is null),
            Marks = chart.Marks,
        };

        string? Format(double? value) => value is { } some ? Threshold.Format(some, measure.Unit) : null;
    }
}
