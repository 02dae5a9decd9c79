namespace Glancy.Sandbox.Production;

/// <summary>The deployments of production: how many replicas each has, and who was restarted (§2.3, §6.1).</summary>
public sealed class Workloads
{
    public const string Bff = "lookup-bff";
    public const string Adapter = "llm-adapter";
    public const string Gateway = "api-gateway";
    public const string ExportWorker = "export-worker";
    public const string Poller = "subscription-poller";
    public const string Streaming = "streaming-gateway";

    /// <summary>More than this no deployment may have.</summary>
    public const int Most = 96;

    private static readonly Dictionary<string, int> Usual = new()
    {
        [Gateway] = 4,
        [ExportWorker] = 24,
        [Adapter] = 6,
        [Bff] = 8,
        [Streaming] = 3,
        // §5.2: only a stand-in for callbacks that do not come.
        [Poller] = 0,
    };

    private readonly SortedDictionary<string, int> replicas = new(Usual, StringComparer.Ordinal);
    private readonly Dictionary<string, Instrument> shown = [];
    private readonly Dictionary<string, Instrument> restarts = [];

    public Workloads(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        foreach (var name in replicas.Keys)
        {
            shown[name] = instruments.One("deployment_replicas", ("deployment", name));
            restarts[name] = instruments.One("deployment_restarts_total", ("deployment", name));
        }
    }

    public IReadOnlyDictionary<string, int> Replicas => replicas;

    /// <exception cref="ArgumentException">There is no such deployment.</exception>
    public int this[string name] => replicas.TryGetValue(Known(name), out var count) ? count : 0;

    /// <summary>How many times the usual number there are.</summary>
    public double Factor(string name) => (double)this[name] / Usual[name];

    /// <summary>Returns the number before.</summary>
    /// <exception cref="ArgumentException">There is no such deployment, or no such number.</exception>
    public int Scale(string name, int count)
    {
        var before = this[name];
        if (count is < 0 or > Most)
        {
            throw new ArgumentException($"A deployment has 0 to {Most} replicas.");
        }

        replicas[name] = count;
        return before;
    }

    /// <exception cref="ArgumentException">There is no such deployment.</exception>
    public void Restarted(string name) => restarts[Known(name)].Add(1);

    public void Move()
    {
        foreach (var (name, count) in replicas)
        {
            shown[name].Set(count);
        }
    }

    public void Reset()
    {
        foreach (var (name, count) in Usual)
        {
            replicas[name] = count;
        }
    }

    private static string Known(string name) =>
        Usual.ContainsKey(name)
            ? name
            : throw new ArgumentException(
                $"There is no deployment '{name}'. Known: {string.Join(", ", Usual.Keys.Order())}."
            );
}
