using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks.History;

/// <summary>Reads how the measure went that made a hook red, by the hook's own query (§4.2).</summary>
public sealed class HookSeriesReader(IPrometheusSeries prometheus)
{
    private const int MostPoints = 240;

    // Its length changes with the instant, and a range query has one text for all instants.
    private const string Growing = "$month";

    /// <summary>
    /// The measure of a draft from one instant to another. Outside trouble makes it unknown; nothing is filled in.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SeriesOutcome> ReadAsync(
        RunbookContent content,
        DraftContext context,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(context);
        if (Measured(content, context) is not { } measure)
        {
            return new SeriesOutcome.Unknown("the runbook has no such hook");
        }

        if (measure.Query.Contains(Growing, StringComparison.Ordinal))
        {
            return new SeriesOutcome.Unknown("its query is about one instant");
        }

        var step = Step(to - from);
        var segment = context.Segment ?? QueryText.Total;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone);
        var values = AskAsync(measure.Query);
        var counts = measure.Samples is { } samples ? AskAsync(samples) : null;
        if (await values is not PrometheusSeries.Points known)
        {
            return Unknown(await values);
        }

        var observed = counts is null ? null : await counts as PrometheusSeries.Points;
        if (counts is not null && observed is null)
        {
            return Unknown(await counts);
        }

        var points = OnGrid(from, to, step, known, observed, measure.MinimumSamples);
        return points.Any(p => p.Value is not null)
            ? new SeriesOutcome.Read(new HookSeries(context.Hook, measure, segment, step, points))
            : new SeriesOutcome.Unknown("too few observations");

        Task<PrometheusSeries> AskAsync(string query) =>
            prometheus.QueryRangeAsync(
                QueryText.Fill(query, segment, measure.Window, to, zone),
                from,
                to,
                step,
                cancellationToken
            );
    }

    /// <summary>One step per scrape, more where that would be too many.</summary>
    public static TimeSpan Step(TimeSpan span) =>
        MeasureJudge.Step * Math.Max(1, Math.Ceiling(span / MeasureJudge.Step / MostPoints));

    // What is unknown to the hook (rule 9) is a gap here, too: no value, or too few observations.
    private static List<SeriesPoint> OnGrid(
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan step,
        PrometheusSeries.Points values,
        PrometheusSeries.Points? counts,
        double least
    )
    {
        var known = values.Items.ToDictionary(p => Index(p.At), p => p.Value);
        var observed = counts?.Items.ToDictionary(p => Index(p.At), p => p.Value);
        var points = new List<SeriesPoint>();
        for (var at = from; at <= to; at += step)
        {
            var there =
                known.TryGetValue(Index(at), out var value)
                && (observed is null || observed.GetValueOrDefault(Index(at)) >= least);
            points.Add(new SeriesPoint(at, there ? value : null));
        }

        return points;

        long Index(DateTimeOffset at) => (long)Math.Round((at - from) / step);
    }

    // Where the draft does not say which measure it was, its limit tells most of them apart.
    private static Measure? Measured(RunbookContent content, DraftContext context)
    {
        var measures = content.Hooks.FirstOrDefault(h => h.Id == context.Hook)?.Measures ?? [];
        return measures.FirstOrDefault(m => m.Id == context.Measure)
            ?? measures.FirstOrDefault(m => m.Red.ToString() == context.Limit)
            ?? (measures is [var first, ..] ? first : null);
    }

    private static SeriesOutcome.Unknown Unknown(PrometheusSeries series) =>
        new(series is PrometheusSeries.None { Why: var why } ? why.ToString() : "");
}
