using System.Diagnostics;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>
/// Asks the queries of measures for one instant, all at once. One object serves one round of readings: a query that
/// several measures share is asked once.
/// </summary>
internal sealed class MeasureReader(
    IPrometheus prometheus,
    TimeZoneInfo zone,
    DateTimeOffset at,
    CancellationToken cancellationToken
)
{
    private readonly Dictionary<string, Task<(PrometheusAnswer Answer, TimeSpan Took)>> asked = new(
        StringComparer.Ordinal
    );

    /// <summary>
    /// The segments a measure is read for: everything, and the new colour while it is on trial (rule 9).
    /// </summary>
    private IReadOnlyList<string> Segments(Measure measure, ReleaseStatus? release) =>
        measure.SegmentsByColour && release?.OnTrial(at) == true
            ? [QueryText.Total, release.NewColour]
            : [QueryText.Total];

    /// <summary>
    /// Starts every query before the first await, so that a round takes as long as its slowest query.
    /// </summary>
    public IReadOnlyList<Task<(MeasureReading Reading, TimeSpan Took)>> Start(
        Measure measure,
        ReleaseStatus? release
    ) => [.. Segments(measure, release).Select(segment => ReadAsync(measure, segment))];

    /// <summary>Asks what a measure wants to know, before it is known which colour is to be looked at apart.</summary>
    /// <param name="likely">What the release tool will probably say; null for no guess.</param>
    public void Ahead(Measure measure, ReleaseStatus? likely) => _ = Start(measure, likely);

    private async Task<(MeasureReading Reading, TimeSpan Took)> ReadAsync(Measure measure, string segment)
    {
        var query = QueryText.Fill(measure.Query, segment, measure.Window, at, zone);
        var value = Ask(query);
        var samples = measure.Samples is { } counting
            ? Ask(QueryText.Fill(counting, segment, measure.Window, at, zone))
            : null;

        var newest =
            measure.Samples is { } counted && QueryText.Newest(counted, segment, measure.Window, at, zone) is { } lately
                ? Ask(lately)
                : null;

        // The range starts one step early, so that its first value is never younger than the hold.
        var range = $"[{QueryText.Range(measure.Hold + MeasureJudge.Step)}:{QueryText.Range(MeasureJudge.Step)}]";
        var held = measure.Hold > TimeSpan.Zero;
        var mildest = held ? Ask($"{(measure.Red.Upward ? "min" : "max")}_over_time(({query}){range})") : null;
        var points = held ? Ask($"count_over_time(({query}){range})") : null;

        var (answer, took) = await value;
        var answers = new MeasureAnswers(answer, await Answer(samples), await Answer(mildest), await Answer(points))
        {
            Newest = await Answer(newest),
        };
        foreach (
            var task in new[] { samples, newest, mildest, points }.OfType<
                Task<(PrometheusAnswer Answer, TimeSpan Took)>
            >()
        )
        {
            took = TimeSpan.FromTicks(Math.Max(took.Ticks, (await task).Took.Ticks));
        }

        return (MeasureJudge.Judge(measure, segment, answers), took);

        static async Task<PrometheusAnswer?> Answer(Task<(PrometheusAnswer Answer, TimeSpan Took)>? task) =>
            task is null ? null : (await task).Answer;
    }

    private Task<(PrometheusAnswer Answer, TimeSpan Took)> Ask(string query)
    {
        if (!asked.TryGetValue(query, out var task))
        {
            asked[query] = task = TimedAsync(query);
        }

        return task;
    }

    private async Task<(PrometheusAnswer Answer, TimeSpan Took)> TimedAsync(string query)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await prometheus.QueryAsync(query, at, cancellationToken);
        return (answer, Stopwatch.GetElapsedTime(start));
    }
}
