using Glancy.Sandbox.Prometheus;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>
/// What is wrong in one hour of production; by default nothing is. Shares are 0..1, times are seconds before the hour's
/// end.
/// </summary>
internal sealed record Hour
{
    public double GreenErrors { get; init; }

    public double BlueErrors { get; init; }

    public double Throttled { get; init; }

    public double Degraded { get; init; }

    public double Cost { get; init; } = 0.5;

    public double FirstPaint { get; init; } = 1.2;

    public double LookupSeconds { get; init; } = 0.8;

    public double SyncErrors { get; init; }

    public double SyncDelay { get; init; } = 0.9;

    public double Mismatches { get; init; }

    public double Doubao5xx { get; init; }

    public double Doubao5xxSince { get; init; } = double.MaxValue;

    public double ParseErrors { get; init; }

    public double CircuitOpenSince { get; init; }

    public bool CircuitFlaps { get; init; }

    /// <summary>A second circuit beside the one that is closed.</summary>
    public double? SecondCircuitOpenSince { get; init; }

    /// <summary>Whether it reports the states that it is not in as well.</summary>
    public bool SecondCircuitNamesEveryState { get; init; }

    public bool ProbeFailsOnce { get; init; }

    public bool DegradeProbeFailsOnce { get; init; }

    public bool Silent { get; init; }

    /// <summary>Requests per second.</summary>
    public double Traffic { get; init; } = 40;
}

/// <summary>An hour of production as the metrics would tell it, a sample each 15 s.</summary>
internal sealed class WorldSeries(DateTimeOffset end, Hour hour)
{
    private const int Step = 15;
    private const int Samples = 241;

    private readonly List<Series> all = [];

    public IReadOnlyList<Series> Build()
    {
        if (hour.Silent)
        {
            return [];
        }

        foreach (
            var (colour, share, errors) in new[] { ("blue", 0.85, hour.BlueErrors), ("green", 0.15, hour.GreenErrors) }
        )
        {
            Requests(colour, hour.Traffic * share, errors);
            Histogram(
                "request_duration_seconds",
                hour.Traffic * share * 0.9,
                hour.LookupSeconds,
                ("route", "/lookup"),
                ("colour", colour),
                ("plan", "free")
            );
            Histogram(
                "request_duration_seconds",
                hour.Traffic * share * 0.1,
                1.4,
                ("route", "/regenerate"),
                ("colour", colour),
                ("plan", "free")
            );
            Counter(
                "language_pair_requests_total",
                _ => hour.Traffic * share * 0.06,
                ("added", "true"),
                ("colour", colour),
                ("result", "ok")
            );
            Counter("history_requests_total", _ => hour.Traffic * share * 0.2, ("colour", colour), ("result", "ok"));
            Histogram("rum_first_paint_seconds", hour.Traffic * share * 0.5, hour.FirstPaint, ("colour", colour));
        }

        Gauge("probe_success", before => hour.ProbeFailsOnce && before == 60 ? 0 : 1, ("probe", "lookup"));
        Gauge("degrade_probe_success", before => hour.DegradeProbeFailsOnce && before == 60 ? 0 : 1);
        Counter("cost_spend_yuan_total", _ => hour.Cost * 8640 / 86400);
        Gauge("cost_daily_budget_yuan", _ => 8640);
        Counter("quota_header_checks_total", _ => 1 - hour.Mismatches, ("metric", "regenerate"), ("result", "match"));
        Counter("quota_header_checks_total", _ => hour.Mismatches, ("metric", "regenerate"), ("result", "mismatch"));
        Counter("billing_mirror_checks_total", _ => 1, ("result", "match"));
        Histogram("logical_delete_seconds", 1, 0.9);
        Counter("subscription_sync_total", _ => 1 - hour.SyncErrors, ("result", "ok"));
        Counter("subscription_sync_total", _ => hour.SyncErrors, ("result", "error"));
        Histogram("subscription_sync_delay_seconds", 1, hour.SyncDelay);
        Counter("doubao_requests_total", before => 10 * (1 - Doubao(before)), ("code", "200"));
        Counter("doubao_requests_total", before => 10 * Doubao(before), ("code", "503"));
        Counter("contract_parse_total", _ => 10 * (1 - hour.ParseErrors), ("result", "ok"));
        Counter("contract_parse_total", _ => 10 * hour.ParseErrors, ("result", "error"));
        foreach (var state in new[] { "closed", "open", "half_open" })
        {
            Gauge(
                "circuit_state",
                before => Circuit(before) == state ? 1 : 0,
                ("upstream", "doubao"),
                ("state", state)
            );
        }

        if (hour.SecondCircuitOpenSince is { } since)
        {
            foreach (
                var state in hour.SecondCircuitNamesEveryState ? new[] { "closed", "open", "half_open" } : ["open"]
            )
            {
                Gauge(
                    "circuit_state",
                    before => (before < since) == (state == "open") ? 1 : 0,
                    ("upstream", "doubao"),
                    ("instance", "b"),
                    ("state", state)
                );
            }
        }

        foreach (var (level, hits) in new[] { ("l1", 0.6), ("l2", 0.3) })
        {
            Counter("cache_requests_total", _ => 10 * hits, ("level", level), ("result", "hit"));
            Counter("cache_requests_total", _ => 10 * (1 - hits), ("level", level), ("result", "miss"));
        }

        Histogram("export_receipt_seconds", 0.5, 1.4);
        return all;
    }

    // A code that never occurred has no series: "no errors yet" is an absence, and must still read as nought.
    private void Requests(string colour, double rate, double errors)
    {
        foreach (var (route, part) in new[] { ("/lookup", 0.9), ("/regenerate", 0.1) })
        {
            var wrong = route == "/lookup" ? errors : 0;
            foreach (
                var (code, degraded, share) in new[]
                {
                    ("200", "false", 1 - wrong - hour.Throttled - hour.Degraded),
                    ("500", "false", wrong),
                    ("429", "false", hour.Throttled),
                    ("200", "true", hour.Degraded),
                }
            )
            {
                if (share > 0)
                {
                    Counter(
                        "requests_total",
                        _ => rate * part * share,
                        ("route", route),
                        ("colour", colour),
                        ("plan", "pro"),
                        ("code", code),
                        ("degraded", degraded)
                    );
                }
            }
        }
    }

    private double Doubao(double before) => before < hour.Doubao5xxSince ? hour.Doubao5xx : 0;

    private string Circuit(double before) =>
        before >= hour.CircuitOpenSince ? "closed"
        : hour.CircuitFlaps && (int)(before / Step) % 4 == 0 ? "half_open"
        : "open";

    /// <param name="rate">Per second, at a time before the end.</param>
    private void Counter(string name, Func<double, double> rate, params (string Name, string Value)[] labels)
    {
        var value = 1000.0;
        var points = new List<Point>();
        for (var i = 0; i < Samples; i++)
        {
            var before = (Samples - 1 - i) * Step;
            points.Add(new Point(end.AddSeconds(-before), value));

            // The rate of a moment shows in the next sample.
            value += rate(before - Step) * Step;
        }

        Add(name, points, labels);
    }

    private void Gauge(string name, Func<double, double> value, params (string Name, string Value)[] labels) =>
        Add(
            name,
            [
                .. Enumerable
                    .Range(0, Samples)
                    .Select(i => (Samples - 1 - i) * Step)
                    .Select(before => new Point(end.AddSeconds(-before), value(before))),
            ],
            labels
        );

    /// <summary>All observations at one value.</summary>
    private void Histogram(string name, double rate, double observed, params (string Name, string Value)[] labels)
    {
        foreach (var le in new[] { "0.1", "0.25", "0.5", "1", "1.5", "2", "2.5", "2.8", "3", "4", "5", "10", "+Inf" })
        {
            var inside =
                le == "+Inf" || observed <= double.Parse(le, System.Globalization.CultureInfo.InvariantCulture);
            Counter(name + "_bucket", _ => inside ? rate : 0, [.. labels, ("le", le)]);
        }

        Counter(name + "_sum", _ => rate * observed, labels);
        Counter(name + "_count", _ => rate, labels);
    }

    private void Add(string name, IReadOnlyList<Point> points, (string Name, string Value)[] labels) =>
        all.Add(
            new Series(
                name,
                [new("env", "prod"), .. labels.Select(l => new KeyValuePair<string, string>(l.Name, l.Value))],
                points
            )
        );
}
