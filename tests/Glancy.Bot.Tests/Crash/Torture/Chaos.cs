namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>What can befall a run at a transition.</summary>
public enum Blow
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>PostgreSQL crashes and is started again.</summary>
    PostgresRestart,

    /// <summary>All SSH connections to the bastion are cut.</summary>
    CutSsh,

    /// <summary>The worker stands still for longer than its lease, and goes on.</summary>
    StopWorker,
}

/// <summary>A blow at a transition.</summary>
public sealed record Strike(string Transition, Blow Blow)
{
    public override string ToString() => $"{Blow} at {Transition}";
}

/// <summary>What a seed chooses. Pure: the same seed, choice and transitions give the same.</summary>
public sealed class Chaos
{
    private const int MostKills = 3;
    private static readonly Blow[] Outages = [Blow.PostgresRestart, Blow.CutSsh, Blow.StopWorker];

    private readonly Random random;

    /// <param name="topologies">Numbers of replicas to choose from.</param>
    public Chaos(int seed, IReadOnlyList<ProcedureCase> cases, IReadOnlyList<int> topologies)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(topologies);
        Seed = seed;
        random = new Random(seed);
        Procedure = cases[random.Next(cases.Count)];
        Replicas = topologies[random.Next(topologies.Count)];
    }

    public int Seed { get; }

    public ProcedureCase Procedure { get; }

    public int Replicas { get; }

    /// <summary>
    /// One to three kills and, for every second seed or so, another outage, each at a transition of its own, in the
    /// order in which a run comes by.
    /// </summary>
    /// <param name="transitions">Those of the undisturbed run.</param>
    public IReadOnlyList<Strike> Strikes(IReadOnlyList<string> transitions)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        var blows = Enumerable.Repeat(Blow.Kill, random.Next(1, MostKills + 1)).ToList();
        var places = Enumerable.Range(0, transitions.Count).ToList();
        var chosen = new List<(int Place, Blow Blow)>();
        if (random.Next(2) == 0)
        {
            // From where the run is under way: before that, the person who confirms is still being answered, and would
            // be told of the outage.
            var running = transitions.ToList().IndexOf("running");
            chosen.Add((Take(places.Where(p => p > running).ToList()), Outages[random.Next(Outages.Length)]));
        }

        chosen.AddRange(blows.Select(blow => (Take(places), blow)));
        return [.. chosen.OrderBy(c => c.Place).Select(c => new Strike(transitions[c.Place], c.Blow))];

        int Take(List<int> from)
        {
            var place = from[random.Next(from.Count)];
            places.Remove(place);
            return place;
        }
    }
}
