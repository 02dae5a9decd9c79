using System.Collections.Concurrent;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Prometheus as a table of lights: every measure is good unless a test says otherwise.</summary>
internal sealed class StandInLights(IReadOnlyList<Hook> hooks) : IPrometheus
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private readonly List<(string Hook, DateTimeOffset From, double? Value)> said = [];
    private readonly ConcurrentDictionary<string, (Hook Hook, Measure Measure)> known = [];

    /// <summary>No answers at all.</summary>
    public bool Away { get; set; }

    /// <summary>How many observations of the new colour alone there are in any window.</summary>
    public double SamplesOfNew { get; set; } = 1_000_000;

    /// <summary>
    /// From an instant on, the first measure of the hook has this value; null is no data, NaN is good again.
    /// </summary>
    public void Set(string hook, DateTimeOffset from, double? value) => said.Add((hook, from, value));

    public Task<PrometheusAnswer> QueryAsync(string promql, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(promql, out var asked))
        {
            return Task.FromResult(ValueOf(asked.Hook, asked.Measure, promql, at));
        }

        foreach (var hook in hooks)
        {
            foreach (var measure in hook.Measures)
            {
                if (Asks(promql, measure.Query, measure, at))
                {
                    known[promql] = (hook, measure);
                    return Task.FromResult(ValueOf(hook, measure, promql, at));
                }
            }
        }

        // What is left are counts of samples.
        return Task.FromResult<PrometheusAnswer>(
            Away
                ? new PrometheusAnswer.Unreachable("away")
                : Scalar(promql.Contains("colour=\"green\"", StringComparison.Ordinal) ? SamplesOfNew : 1_000_000)
        );
    }

    private static bool Asks(string promql, string query, Measure measure, DateTimeOffset at) =>
        new[] { QueryText.Total, "green" }.Any(segment =>
            promql.Contains(QueryText.Fill(query, segment, measure.Window, at, Zone), StringComparison.Ordinal)
        );

    private PrometheusAnswer ValueOf(Hook hook, Measure measure, string promql, DateTimeOffset at)
    {
        if (Away)
        {
            return new PrometheusAnswer.Unreachable("away");
        }

        if (promql.StartsWith("count_over_time", StringComparison.Ordinal))
        {
            return Scalar(1_000);
        }

        var good = measure.Red.Upward ? 0.0 : 1.0;
        var last = said.LastOrDefault(s => s.Hook == hook.Id && s.From <= at && measure == hook.Measures[0]);
        if (last.Hook is null)
        {
            return Scalar(good);
        }

        return last.Value is { } value ? Scalar(double.IsNaN(value) ? good : value) : new PrometheusAnswer.NoData();
    }

    private static PrometheusAnswer.Scalar Scalar(double value) => new(value);
}
