using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>
/// Quotas (§5.3.3): what the gateway's comparison of header and body says, and a few users' use as rows of daily sums
/// and ledger.
/// </summary>
internal sealed class Quotas
{
    private const double ChecksPerSecond = 4;
    private const int Users = 160;
    private const int UsesPerStep = 6;
    private static readonly (string Metric, double Share)[] Metrics =
    [
        ("lookup", 0.7),
        ("regenerate", 0.2),
        ("export", 0.1),
    ];

    private readonly Instrument[] match;
    private readonly Instrument[] mismatch;

    public Quotas(Instruments instruments)
    {
        match =
        [
            .. Metrics.Select(m =>
                instruments.One("quota_header_checks_total", ("metric", m.Metric), ("result", "match"))
            ),
        ];
        mismatch =
        [
            .. Metrics.Select(m =>
                instruments.One("quota_header_checks_total", ("metric", m.Metric), ("result", "mismatch"))
            ),
        ];
    }

    public void Move(Step step, StepRows rows)
    {
        var wrong = Math.Min(1, 0.04 * step.Faults[Faults.QuotaMismatch]);
        for (var i = 0; i < Metrics.Length; i++)
        {
            var checks = ChecksPerSecond * step.Seconds * Metrics[i].Share;
            match[i].Add(checks * (1 - wrong));
            mismatch[i].Add(checks * wrong);
        }

        for (var i = 0; step.IsFine && i < UsesPerStep; i++)
        {
            Use(step, rows);
        }
    }

    // A lost entry is one that the daily sum has and the ledger has not; it stays lost until somebody reconciles the
    // two.
    private static void Use(Step step, StepRows rows)
    {
        var user = string.Create(CultureInfo.InvariantCulture, $"u-{(int)(step.Noise.Uniform() * Users):00000}");
        var dice = step.Noise.Uniform();
        var metric = Metrics.First(m => (dice -= m.Share) < 0 || m == Metrics[^1]).Metric;
        var amount = (int)step.Noise.Between(2, 9);
        var lost = step.Noise.Uniform() < 0.5 * step.Faults[Faults.QuotaMismatch];
        var use = new QuotaUseRow(
            user,
            metric,
            DateOnly.FromDateTime(step.Local.DateTime),
            amount,
            Trace(step.Noise),
            step.At
        );
        rows.QuotaDaily.Add(use);
        if (!lost)
        {
            rows.QuotaLedger.Add(use);
        }
    }

    private static string Trace(Noise noise) =>
        string.Create(CultureInfo.InvariantCulture, $"{(ulong)(noise.Uniform() * ulong.MaxValue):x16}");
}
