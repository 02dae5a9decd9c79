namespace Glancy.Sandbox.Production;

/// <summary>Something that can be made to go wrong.</summary>
/// <param name="Name">As people type it.</param>
/// <param name="Does">What it does at full intensity.</param>
/// <param name="Shows">Which hook, signal, gate or table shows it.</param>
/// <param name="Cure">What a person does about it, by the runbook; switching the fault off cures it always.</param>
public sealed record Fault(string Name, string Does, string Shows, string Cure);

/// <summary>The faults of the world and how strongly each is on.</summary>
public sealed class Faults
{
    public const string BadRelease = "bad-release";
    public const string Overload = "overload";
    public const string DoubaoErrors = "doubao-errors";
    public const string CircuitStuck = "circuit-stuck";
    public const string ContractErrors = "contract-errors";
    public const string DegradeBroken = "degrade-broken";
    public const string CostSurge = "cost-surge";
    public const string CacheCold = "cache-cold";
    public const string QuotaMismatch = "quota-mismatch";
    public const string Throttle = "throttle";
    public const string SubscriptionLag = "subscription-lag";
    public const string RumSlow = "rum-slow";
    public const string FreeSlow = "free-slow";
    public const string RegenerateSlow = "regenerate-slow";
    public const string TrafficSurge = "traffic-surge";
    public const string LanguagePairs = "language-pairs";
    public const string HistoryErrors = "history-errors";
    public const string DeleteSlow = "delete-slow";
    public const string BillingDrift = "billing-drift";
    public const string ExportBacklog = "export-backlog";
    public const string ExportStuck = "export-stuck";
    public const string ExportFailures = "export-failures";
    public const string StreamingLoss = "streaming-loss";
    public const string BackupMissing = "backup-missing";
    public const string ReplicationLag = "replication-lag";
    public const string MetricsGap = "metrics-gap";
    public const string MetricsBlackout = "metrics-blackout";
    public const string ScriptHangs = "script-hangs";
    public const string ScriptFails = "script-fails";

    private readonly Dictionary<string, double> intensities = [];

    /// <summary>Every fault there is.</summary>
    public static IReadOnlyList<Fault> Catalogue => FaultCatalogue.All;

    /// <summary>A fault's words in Chinese; null when there is no such fault.</summary>
    public static (string Does, string Shows, string Cure)? InChinese(string name) => ChineseFaults.Of(name);

    /// <summary>What is on, with its intensity.</summary>
    public IReadOnlyDictionary<string, double> On => intensities;

    /// <summary>0 when off.</summary>
    public double this[string name] => intensities.GetValueOrDefault(name);

    /// <summary>Switches a fault on; 0 switches it off. False when it was so already.</summary>
    /// <param name="intensity">From 0 to 1 as described in the catalogue; more is worse.</param>
    /// <exception cref="ArgumentException">No such fault, or no such intensity.</exception>
    public bool Set(string name, double intensity)
    {
        if (Catalogue.All(f => f.Name != name))
        {
            throw new ArgumentException(
                $"There is no fault '{name}'. Known: {string.Join(", ", Catalogue.Select(f => f.Name))}."
            );
        }

        if (intensity is not (>= 0 and <= 10))
        {
            throw new ArgumentException("The intensity is a number from 0 to 10; 1 is the one described.");
        }

        var changed = this[name] != intensity;
        if (intensity == 0)
        {
            intensities.Remove(name);
        }
        else
        {
            intensities[name] = intensity;
        }

        return changed;
    }

    public void Clear() => intensities.Clear();

    /// <summary>Whether a series is written at present.</summary>
    public bool Writes(string series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return this[MetricsBlackout] == 0
            && (
                this[MetricsGap] == 0
                || !(
                    series.StartsWith("rum_", StringComparison.Ordinal)
                    || series.StartsWith("subscription_", StringComparison.Ordinal)
                )
            );
    }
}
