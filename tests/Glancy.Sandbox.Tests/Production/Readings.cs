using System.Globalization;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Prometheus;

namespace Glancy.Sandbox.Tests.Production;

/// <summary>Reads a model's samples as the hooks do: over the last five minutes.</summary>
public sealed class Readings(IReadOnlyList<Series> series)
{
    private const int FiveMinutes = 20;

    /// <summary>Steps the model and reads what it then wrote; at least six minutes, to fill the window.</summary>
    public static Readings After(ProductionModel model, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (var until = model.At + time; model.At < until; )
        {
            model.Step();
        }

        return new Readings(model.TakeSamples());
    }

    /// <summary>The readings that decide about a light, by the hook or signal that shows them.</summary>
    public IReadOnlyDictionary<string, double> All =>
        new Dictionary<string, double>
        {
            ["HK-01 errors"] = Ratio("requests_total", ["route=/lookup", "code=5*"], ["route=/lookup"]),
            ["HK-01 errors new"] = Ratio(
                "requests_total",
                ["route=/lookup", "code=5*", "colour=green"],
                ["route=/lookup", "colour=green"]
            ),
            ["HK-02 paint"] = P95("rum_first_paint_seconds"),
            ["HK-03 burn"] = Increase("cost_spend_yuan_total") * 288 / Last("cost_daily_budget_yuan"),
            ["HK-04 throttled"] = Ratio("requests_total", ["code=429"], []),
            ["HK-04 mismatch"] = Ratio("quota_header_checks_total", ["result=mismatch"], []),
            ["HK-05 errors"] = Ratio("subscription_sync_total", ["result=error"], []),
            ["HK-05 delay"] = P95("subscription_sync_delay_seconds"),
            ["HK-06 degraded"] = Ratio("requests_total", ["degraded=true"], []),
            ["HK-06 probe failed"] = 1 - Last("degrade_probe_success"),
            ["doubao-5xx"] = Ratio("doubao_requests_total", ["code=5*"], []),
            ["circuit not closed"] = 1 - Last("circuit_state", "state=closed"),
            ["contract errors"] = Ratio("contract_parse_total", ["result=error"], []),
            ["lookup P95"] = P95("request_duration_seconds", "route=/lookup"),
            ["regenerate errors"] = Ratio("requests_total", ["route=/regenerate", "code=5*"], ["route=/regenerate"]),
            ["regenerate P95"] = P95("request_duration_seconds", "route=/regenerate"),
            ["L1 misses"] = Ratio("cache_requests_total", ["level=l1", "result=miss"], ["level=l1"]),
            ["L2 misses"] = Ratio("cache_requests_total", ["level=l2", "result=miss"], ["level=l2"]),
            ["export receipt"] = P95("export_receipt_seconds"),
            ["export depth"] = Last("export_queue_depth"),
            ["export age"] = Last("export_oldest_age_seconds"),
            ["export failures"] = Ratio("export_jobs_total", ["result=failed"], []),
            ["export done"] = -Increase("export_jobs_total", "result=done"),
            ["export dead"] = Increase("export_dead_letters"),
            ["streaming loss"] = Ratio("streaming_segments_total", ["result=lost"], []),
            ["Free P95"] = P95("request_duration_seconds", "route=/lookup", "plan=free"),
            ["language pairs"] = Ratio("language_pair_requests_total", ["added=true", "result=error"], ["added=true"]),
            ["history errors"] = Ratio("history_requests_total", ["result=error"], []),
            ["delete P95"] = P95("logical_delete_seconds"),
            ["billing mirror"] = Ratio("billing_mirror_checks_total", ["result=mismatch"], []),
            ["upstream concurrency"] = Last("upstream_concurrency_ratio"),
            ["queue wait"] = Last("queue_wait_seconds"),
            ["subscription queue"] = Last("subscription_queue_depth"),
            ["base backup"] = Last("backup_age_seconds", "kind=base") / Last("backup_promised_seconds", "kind=base"),
            ["wal backup"] = Last("backup_age_seconds", "kind=wal") / Last("backup_promised_seconds", "kind=wal"),
            ["object replication"] = Last("object_replication_lag_seconds"),
        };

    public double Increase(string name, params string[] labels) =>
        Find(name, labels).Sum(s => s.Points[^1].Value - s.Points[^Math.Min(s.Points.Count, FiveMinutes + 1)].Value);

    public double Last(string name, params string[] labels) => Find(name, labels).Sum(s => s.Points[^1].Value);

    public bool Has(string name) => Find(name, []).Any();

    public double Ratio(string name, string[] of, string[] all) =>
        Increase(name, all) is > 0 and var total ? Increase(name, of) / total : double.NaN;

    /// <summary>As <c>histogram_quantile</c> does it.</summary>
    public double P95(string name, params string[] labels)
    {
        var buckets = Find(name + "_bucket", labels)
            .GroupBy(s => s.Labels.Single(l => l.Key == "le").Value)
            .Select(g =>
                (
                    Bound: g.Key == "+Inf"
                        ? double.PositiveInfinity
                        : double.Parse(g.Key, CultureInfo.InvariantCulture),
                    Count: g.Sum(s => s.Points[^1].Value - s.Points[^Math.Min(s.Points.Count, FiveMinutes + 1)].Value)
                )
            )
            .OrderBy(b => b.Bound)
            .ToList();
        var rank = 0.95 * buckets[^1].Count;
        var index = buckets.FindIndex(b => b.Count >= rank);
        if (double.IsInfinity(buckets[index].Bound))
        {
            return buckets[index - 1].Bound;
        }

        var (low, below) = index == 0 ? (0, 0) : buckets[index - 1];
        return low + ((buckets[index].Bound - low) * (rank - below) / (buckets[index].Count - below));
    }

    private IEnumerable<Series> Find(string name, string[] labels) =>
        series.Where(s =>
            s.Name == name
            && labels.All(l =>
            {
                var (label, wanted) = (l.Split('=')[0], l.Split('=')[1]);
                var value = s.Labels.Single(x => x.Key == label).Value;
                return wanted.EndsWith('*')
                    ? value.StartsWith(wanted[..^1], StringComparison.Ordinal)
                    : value == wanted;
            })
        );
}
