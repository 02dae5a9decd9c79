using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>A series that the model keeps: its name, its labels and its value now.</summary>
public sealed class Instrument(string name, IReadOnlyList<KeyValuePair<string, string>> labels)
{
    private double total;

    public string Name => name;

    public IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

    /// <summary>Counters are whole numbers; what is less than one waits for the next step.</summary>
    public double Value { get; private set; }

    public void Add(double amount)
    {
        total += amount;
        Value = Math.Floor(total);
    }

    /// <summary>As <see cref="Add"/>, for sums that are no counts.</summary>
    public void AddExactly(double amount) => Value = total += amount;

    public void Set(double value) => Value = total = value;
}

/// <summary>A Prometheus histogram: cumulative buckets, sum and count.</summary>
public sealed class Histogram(
    IReadOnlyList<double> bounds,
    IReadOnlyList<Instrument> buckets,
    Instrument sum,
    Instrument count
)
{
    /// <summary>Adds <paramref name="observations"/> that are spread like <paramref name="spread"/>.</summary>
    public void Observe(double observations, LogNormal spread)
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            buckets[i].Add(observations * spread.ShareUpTo(bounds[i]));
        }

        sum.AddExactly(observations * spread.Mean);
        count.Add(observations);
    }
}

/// <summary>
/// Every series of the world, in the order in which they were named. All of them carry <c>env="prod"</c>.
/// </summary>
public sealed class Instruments
{
    private static readonly KeyValuePair<string, string> Environment = new("env", "prod");
    private readonly List<Instrument> all = [];

    public IReadOnlyList<Instrument> All => all;

    public Instrument One(string name, params IEnumerable<(string Name, string Value)> labels)
    {
        var instrument = new Instrument(
            name,
            [Environment, .. labels.Select(l => KeyValuePair.Create(l.Name, l.Value))]
        );
        all.Add(instrument);
        return instrument;
    }

    /// <param name="bounds">Upper bounds in seconds, ascending; infinity is added.</param>
    public Histogram Histogram(string name, IReadOnlyList<double> bounds, params (string Name, string Value)[] labels)
    {
        IReadOnlyList<double> every = [.. bounds, double.PositiveInfinity];
        return new Histogram(
            every,
            [.. every.Select(bound => One(name + "_bucket", [.. labels, ("le", Text(bound))]))],
            One(name + "_sum", labels),
            One(name + "_count", labels)
        );
    }

    private static string Text(double bound) =>
        double.IsPositiveInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture);
}
