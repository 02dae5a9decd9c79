using System.Diagnostics;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>
/// Asks the queries of measures for one instant, all at once; whether a value beyond its limit has held is asked when
/// there is one. One object serves one round of readings: a query that several measures share is asked once.
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
    /// Starts every query before the first await, so that a round takes as long as its slowest query, or twice that
    /// where something is beyond its limit.
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

        var took = await SlowestAsync(value, samples, newest);
        var answers = new MeasureAnswers((await value).Answer, await Answer(samples), null, null)
        {
            Newest = await Answer(newest),
        };
        if (MeasureJudge.AsksForHold(measure, answers.Value))
        {
            // The range starts one step early, so that its first value is never younger than the hold.
            var range = $"[{QueryText.Range(measure.Hold + MeasureJudge.Step)}:{QueryText.Range(MeasureJudge.Step)}]";
            var mildest = Ask($"{(measure.Red.Upward ? "min" : "max")}_over_time(({query}){range})");
            var points = Ask($"count_over_time(({query}){range})");
            took += await SlowestAsync(mildest, points);
            answers = answers with { Mildest = await Answer(mildest), Points = await Answer(points) };
        }

        return (MeasureJudge.Judge(measure, segment, answers), took);

        static async Task<PrometheusAnswer?> Answer(Task<(PrometheusAnswer Answer, TimeSpan Took)>? task) =>
            task is null ? null : (await task).Answer;

        static async Task<TimeSpan> SlowestAsync(params Task<(PrometheusAnswer Answer, TimeSpan Took)>?[] beside) =>
            (await Task.WhenAll(beside.OfType<Task<(PrometheusAnswer Answer, TimeSpan Took)>>())).Max(a => a.Took);
    }

    private Task<(PrometheusAnswer Answer, TimeSpan Took)> Ask(string query)
    {
        lock (asked)
        {
            if (!asked.TryGetValue(query, out var task))
            {
                asked[query] = task = TimedAsync(query);
            }

            return task;
        }
    }

    private async Task<(PrometheusAnswer Answer, TimeSpan Took)> TimedAsync(string query)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await prometheus.QueryAsync(query, at, cancellationToken);
        return (answer, Stopwatch.GetElapsedTime(start));
    }
}
