using Glancy.Sandbox.Prometheus;

namespace Glancy.Sandbox.Production;

/// <summary>
/// Glancy's production as far as operations see it: a state that people's tools change and a step that turns it into
/// metrics. The same seed, instants and changes give the same samples. Not for two threads at once.
/// </summary>
public sealed class ProductionModel
{
    /// <summary>The length of a step and the distance of samples.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly long seed;
    private readonly Instruments instruments = new();
    private readonly Doubao doubao;
    private readonly Traffic traffic;
    private readonly Experience experience;
    private readonly Quotas quotas;
    private readonly Streaming streaming;
    private readonly Features features;
    private readonly Dictionary<string, Instrument> weights;
    private readonly Dictionary<Instrument, List<Point>> unsent = [];
    private readonly List<CapacityRow> scaled = [];
    private List<StepRows> unwritten = [];

    /// <param name="start">The model stands here; its first sample is written one step later.</param>
    public ProductionModel(long seed, DateTimeOffset start)
    {
        this.seed = seed;
        At = start;
        Train = ReleaseTrain.Idle(start);
        doubao = new Doubao(instruments);
        traffic = new Traffic(instruments, doubao);
        experience = new Experience(instruments);
        ErrorMinutes = new ErrorMinutes(instruments, start);
        quotas = new Quotas(instruments);
        Subscriptions = new Subscriptions(instruments);
        Exports = new Exports(instruments);
        streaming = new Streaming(instruments);
        features = new Features(instruments);
        Backups = new Backups(instruments, start);
        Workloads = new Workloads(instruments);
        weights = Traffic.Colours.ToDictionary(c => c, c => instruments.One("release_weight", ("colour", c)));
    }

    /// <summary>The instant up to which the model has moved.</summary>
    public DateTimeOffset At { get; private set; }

    public ReleaseTrain Train { get; set; }

    public Flags Flags { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>The product's own account of its error budget (§7.3).</summary>
    public ErrorMinutes ErrorMinutes { get; }

    public Workloads Workloads { get; }

    public Traffic Traffic => traffic;

    public Doubao Doubao => doubao;

    public Subscriptions Subscriptions { get; }

    public Exports Exports { get; }

    public Backups Backups { get; }

    /// <summary>Moves on by one interval and keeps a sample of every series.</summary>
    public void Step() => Step(Interval, _ => true);

    /// <summary>Moves on by a longer stretch, keeping samples of the chosen series only; for the far past.</summary>
    public void Step(TimeSpan length, Func<string, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        At += length;
        var step = Now(At, length.TotalSeconds, new Noise(seed, At));
        var rows = new StepRows(At);
        traffic.Move(step, rows);
        experience.Move(step, traffic, doubao);
        quotas.Move(step, rows);
        Subscriptions.Move(step, rows);
        Exports.Move(step, rows);
        streaming.Move(step);
        features.Move(step, traffic.Lookups);
        Backups.Move(step, rows);
        Workloads.Move();
        rows.Capacity.AddRange(scaled);
        scaled.Clear();
        unwritten.Add(rows);
        ErrorMinutes.Move(At);
        foreach (var (colour, weight) in weights)
        {
            weight.Set(100 * Train.ShareOf(colour));
        }

        foreach (var instrument in instruments.All.Where(i => Faults.Writes(i.Name) && keep(i.Name)))
        {
            if (!unsent.TryGetValue(instrument, out var points))
            {
                unsent[instrument] = points = [];
            }

            points.Add(new Point(At, instrument.Value));
        }
    }

    /// <summary>Production as it stands, for one request.</summary>
    public Step Now(DateTimeOffset at, double seconds, Noise noise) =>
        new(at, seconds, noise, Faults, Flags, Train, Workloads);

    /// <inheritdoc cref="Workloads.Scale"/>
    public int Scale(string deploy, int replicas, DateTimeOffset at, string note)
    {
        var before = Workloads.Scale(deploy, replicas);
        if (before != replicas)
        {
            scaled.Add(new CapacityRow(at, deploy, before, replicas, note));
        }

        return before;
    }

    /// <summary>Restarts a deployment. What its instances had caught goes away with them.</summary>
    /// <exception cref="ArgumentException">There is no such deployment.</exception>
    public void Restart(string deploy)
    {
        Workloads.Restarted(deploy);
        switch (deploy)
        {
            case Workloads.Adapter:
                doubao.Restart(Flags);
                break;
            case Workloads.ExportWorker:
                Exports.Restart();
                Faults.Set(Faults.ExportStuck, 0);
                break;
            case Workloads.Streaming:
                Faults.Set(Faults.StreamingLoss, 0);
                break;
        }
    }

    /// <summary>
    /// Everything as on a usual day from the next step on: no fault, no switch, no batch, no backlog.
    /// </summary>
    public void Reset(DateTimeOffset at)
    {
        Faults.Clear();
        Flags.Reset();
        Workloads.Reset();
        Exports.Drain();
        Train = ReleaseTrain.Idle(at);
    }

    /// <summary>
    /// Takes away what the steps since the last call leave in the product's tables and queues, oldest first.
    /// </summary>
    public IReadOnlyList<StepRows> TakeRows()
    {
        var taken = unwritten;
        unwritten = [];
        return taken;
    }

    /// <summary>Takes away the samples kept since the last call, oldest instants first within each series.</summary>
    public IReadOnlyList<Series> TakeSamples()
    {
        var taken = unsent.Select(u => new Series(u.Key.Name, u.Key.Labels, u.Value)).ToList();
        unsent.Clear();
        return taken;
    }
}
