namespace Glancy.Sandbox.Production;

/// <summary>Something that can be made to go wrong.</summary>
/// <param name="Name">As people type it.</param>
/// <param name="Does">What it does at full intensity.</param>
/// <param name="Shows">Which hook or signal shows it, and how it is cured.</param>
public sealed record Fault(string Name, string Does, string Shows);

/// <summary>The faults of the world and how strongly each is on.</summary>
public sealed class Faults
{
    public const string BadRelease = "bad-release";
    public const string DoubaoErrors = "doubao-errors";
    public const string CostSurge = "cost-surge";
    public const string QuotaMismatch = "quota-mismatch";
    public const string Throttle = "throttle";
    public const string SubscriptionLag = "subscription-lag";
    public const string DegradeBroken = "degrade-broken";
    public const string RumSlow = "rum-slow";
    public const string ContractErrors = "contract-errors";
    public const string ExportBacklog = "export-backlog";
    public const string MetricsGap = "metrics-gap";
    public const string MetricsBlackout = "metrics-blackout";
    public const string ScriptHangs = "script-hangs";
    public const string ScriptFails = "script-fails";

    private readonly Dictionary<string, double> intensities = [];

    public static IReadOnlyList<Fault> Catalogue { get; } =
    [
        new(BadRelease, "the new colour answers 8 % of /lookup with 500 and is slow", "HK-01 and HK-02 red; cured by a rollback"),
        new(DoubaoErrors, "Doubao fails 40 % of its requests; the circuit opens", "doubao-5xx, HK-06 and circuit-open red"),
        new(CostSurge, "each answer of Doubao costs three times as much", "HK-03 red; at 0.3 yellow"),
        new(QuotaMismatch, "4 % of the quota headers differ from the body", "HK-04 red"),
        new(Throttle, "4 % of requests are refused with 429", "HK-04 red; at 0.5 yellow"),
        new(SubscriptionLag, "subscriptions sync six times slower and 3 % fail", "HK-05 red"),
        new(DegradeBroken, "where Doubao fails there is no basic answer, but 503", "HK-06 red by its probe"),
        new(RumSlow, "pages paint 1.8 times slower, whatever the colour", "HK-02 red; not cured by a rollback"),
        new(ContractErrors, "4 % of Doubao's answers break the contract", "contract-parse red"),
        new(ExportBacklog, "the export queue grows and receipts are late", "export receipt P95 and queue depth"),
        new(MetricsGap, "the page-view and subscription metrics stop", "HK-02 and HK-05 unknown after 5 min"),
        new(MetricsBlackout, "all metrics stop", "every hook unknown after 5 min"),
        new(ScriptHangs, "rollback_stage.sh hangs before it switches traffic", "the run waits, then is unknown; goes on when switched off"),
        new(ScriptFails, "rollback_stage.sh fails before it switches traffic", "exit 1; nothing changed"),
    ];

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
            throw new ArgumentException($"There is no fault '{name}'. Known: {string.Join(", ", Catalogue.Select(f => f.Name))}.");
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
            && (this[MetricsGap] == 0 || !(series.StartsWith("rum_", StringComparison.Ordinal) || series.StartsWith("subscription_", StringComparison.Ordinal)));
    }
}
