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
    private readonly Accounts accounts;
    private readonly Dictionary<string, Instrument> weights;
    private readonly Dictionary<Instrument, List<Point>> unsent = [];

    /// <param name="start">The model stands here; its first sample is written one step later.</param>
    public ProductionModel(long seed, DateTimeOffset start)
    {
        this.seed = seed;
        At = start;
        Train = ReleaseTrain.Idle(start);
        doubao = new Doubao(instruments);
        traffic = new Traffic(instruments, doubao);
        experience = new Experience(instruments);
        accounts = new Accounts(instruments);
        weights = Traffic.Colours.ToDictionary(c => c, c => instruments.One("release_weight", ("colour", c)));
    }

    /// <summary>The instant up to which the model has moved.</summary>
    public DateTimeOffset At { get; private set; }

    public ReleaseTrain Train { get; set; }

    public Flags Flags { get; } = new();

    public Faults Faults { get; } = new();

    public Traffic Traffic => traffic;

    public Doubao Doubao => doubao;

    /// <summary>Moves on by one interval and keeps a sample of every series.</summary>
    public void Step() => Step(Interval, _ => true);

    /// <summary>Moves on by a longer stretch, keeping samples of the chosen series only; for the far past.</summary>
    public void Step(TimeSpan length, Func<string, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        At += length;
        var step = new Step(At, length.TotalSeconds, new Noise(seed, At), Faults, Flags, Train);
        traffic.Move(step);
        experience.Move(step, traffic);
        accounts.Move(step);
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

    /// <summary>Takes away the samples kept since the last call, oldest instants first within each series.</summary>
    public IReadOnlyList<Series> TakeSamples()
    {
        var taken = unsent.Select(u => new Series(u.Key.Name, u.Key.Labels, u.Value)).ToList();
        unsent.Clear();
        return taken;
    }
}
