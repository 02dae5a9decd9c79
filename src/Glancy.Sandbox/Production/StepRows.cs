namespace Glancy.Sandbox.Production;

/// <summary>A user's use of a quota.</summary>
public sealed record QuotaUseRow(
    string UserId,
    string Metric,
    DateOnly QuotaDateLocal,
    int Delta,
    string TraceId,
    DateTimeOffset CreatedAt
);

/// <summary>
/// An account's subscription after its newest event; not yet synced while <paramref name="SyncedAt"/> is null.
/// </summary>
/// <param name="SyncedBy"><c>callback</c> or <c>poller</c>.</param>
public sealed record SubscriptionRow(
    string SubscriptionId,
    string Event,
    string Plan,
    string Kind,
    DateTimeOffset PaidAt,
    DateTimeOffset? SyncedAt,
    string? SyncedBy,
    string? Error
);

/// <summary>A backup that ended.</summary>
public sealed record BackupRow(
    string Kind,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string Location,
    long SizeBytes
);

/// <summary>A window's part of an error budget, in minutes in error.</summary>
public sealed record ErrorBudgetRow(string Metric, DateTimeOffset WindowStart, double ErrorMinutes);

/// <summary>A limit of the cost budget that was passed.</summary>
/// <param name="Level">0.8, 0.95 or 1.2.</param>
public sealed record BudgetEventRow(DateTimeOffset At, double Level, double Burn, double SpendYuan);

/// <summary>A deployment that was scaled (§6.1 step 4).</summary>
public sealed record CapacityRow(DateTimeOffset At, string Deploy, int Before, int After, string Note);

/// <summary>What a step changed in a queue.</summary>
public sealed class QueueMoves
{
    private readonly List<string> added = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyList<string> Added => added;

    public IReadOnlyCollection<string> Taken => taken;

    public void Add(string id) => added.Add(id);

    public void Take(string id) => taken.Add(id);
}

/// <summary>What one step of the model leaves in the product's tables and queues, beside its samples.</summary>
public sealed class StepRows(DateTimeOffset at)
{
    /// <summary>The end of the step; the rows are written when the world's clock gets there.</summary>
    public DateTimeOffset At => at;

    public List<QuotaUseRow> QuotaDaily { get; } = [];

    public List<QuotaUseRow> QuotaLedger { get; } = [];

    public List<SubscriptionRow> Subscriptions { get; } = [];

    public List<ExportJob> ExportJobs { get; } = [];

    public List<BackupRow> Backups { get; } = [];

    public List<ErrorBudgetRow> ErrorBudget { get; } = [];

    public List<BudgetEventRow> BudgetEvents { get; } = [];

    public List<CapacityRow> Capacity { get; } = [];

    /// <summary><c>exports:pending</c>.</summary>
    public QueueMoves ExportQueue { get; } = new();

    /// <summary><c>exports:dead</c>.</summary>
    public QueueMoves DeadExports { get; } = new();

    /// <summary><c>subscription.updated</c>.</summary>
    public QueueMoves SubscriptionQueue { get; } = new();
}
