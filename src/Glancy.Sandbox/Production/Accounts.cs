namespace Glancy.Sandbox.Production;

/// <summary>Quotas, subscriptions and exports: small numbers with their own hooks (HK-04, HK-05, §5.3.1).</summary>
public sealed class Accounts
{
    private const double ChecksPerSecond = 4;
    private const double SyncsPerSecond = 1.4;
    private const double ReceiptsPerSecond = 2;
    private static readonly double[] SyncBounds = [0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 20];
    private static readonly double[] ReceiptBounds = [0.5, 1, 2, 3, 4, 5, 7.5, 10, 20, 60];

    private readonly Instrument match;
    private readonly Instrument mismatch;
    private readonly Instrument synced;
    private readonly Instrument unsynced;
    private readonly Histogram syncDelay;
    private readonly Histogram receipt;
    private readonly Instrument depth;
    private readonly Instrument oldest;
    private double backlog;

    public Accounts(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        match = instruments.One("quota_header_checks_total", ("result", "match"));
        mismatch = instruments.One("quota_header_checks_total", ("result", "mismatch"));
        synced = instruments.One("subscription_sync_total", ("result", "ok"));
        unsynced = instruments.One("subscription_sync_total", ("result", "error"));
        syncDelay = instruments.Histogram("subscription_sync_delay_seconds", SyncBounds);
        receipt = instruments.Histogram("export_receipt_seconds", ReceiptBounds);
        depth = instruments.One("export_queue_depth");
        oldest = instruments.One("export_oldest_age_seconds");
    }

    public void Move(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var checks = ChecksPerSecond * step.Seconds;
        var wrong = Math.Min(1, 0.04 * step.Faults[Faults.QuotaMismatch]);
        match.Add(checks * (1 - wrong));
        mismatch.Add(checks * wrong);

        var lag = step.Faults[Faults.SubscriptionLag];
        var syncs = SyncsPerSecond * step.Seconds * step.DayShape * step.Noise.About1(0.1);
        var failing = Math.Min(1, (0.001 * step.Noise.Between(0.5, 1.5)) + (0.03 * lag));
        synced.Add(syncs * (1 - failing));
        unsynced.Add(syncs * failing);
        syncDelay.Observe(syncs, new LogNormal(1.2 * (1 + (5 * lag)) * step.Noise.About1(0.03), 0.4));
        Export(step);
    }

    private void Export(Step step)
    {
        var jam = step.Faults[Faults.ExportBacklog];
        backlog = jam > 0 ? backlog + (3 * jam * step.Seconds) : Math.Max(0, backlog - (10 * step.Seconds));
        depth.Set(Math.Round((60 * step.Noise.About1(0.15)) + backlog));
        oldest.Set(Math.Round((12 * step.Noise.About1(0.2)) + (backlog / 6)));
        var receipts = step.Flags.IsOn(Flags.Exports) ? ReceiptsPerSecond * step.Seconds * step.Noise.About1(0.1) : 0;
        receipt.Observe(receipts, new LogNormal(1.6 * (1 + (2 * jam)) * step.Noise.About1(0.03), 0.4));
    }
}
