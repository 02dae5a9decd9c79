using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>
/// What a picture shows, kept beside it: it is put into words when the message is written, in the channel's language.
/// </summary>
/// <param name="Measure">Id of the measure.</param>
/// <param name="Red">The limit: <c>&lt; 99.9 %</c>.</param>
/// <param name="Worst">The value furthest on the red side, in its unit.</param>
/// <param name="Last">The value at the end; null when there was none.</param>
/// <param name="Missing">How much of the time has no value.</param>
public sealed record HookChartFacts(
    string Hook,
    string Measure,
    string Segment,
    DateTimeOffset From,
    DateTimeOffset To,
    string Red,
    string? Yellow,
    DateTimeOffset FirstRedAt,
    string Worst,
    DateTimeOffset WorstAt,
    string? Last,
    TimeSpan Missing,
    IReadOnlyList<ChartMark> Marks
)
{
    public static HookChartFacts Of(HookChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var series = chart.Series;
        var measure = series.Measure;
        var known = series.Points.Where(p => p.Value is not null).ToList();
        var worst = measure.Red.Upward ? known.MaxBy(p => p.Value) : known.MinBy(p => p.Value);
        return new HookChartFacts(
            series.Hook,
            measure.Id,
            series.Segment,
            series.From,
            series.To,
            measure.Red.ToString(),
            measure.Yellow?.ToString(),
            chart.FirstRedAt,
            Format(worst?.Value) ?? "?",
            worst?.At ?? series.From,
            Format(series.Points[^1].Value),
            series.Step * series.Points.Count(p => p.Value is null),
            chart.Marks
        );

        string? Format(double? value) => value is { } some ? Threshold.Format(some, measure.Unit) : null;
    }
}
