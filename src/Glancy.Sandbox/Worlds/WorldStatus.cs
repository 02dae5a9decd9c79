namespace Glancy.Sandbox.Worlds;

/// <summary>A world at a glance, as <c>GET /world</c> gives it.</summary>
internal sealed record WorldStatus(
    DateTimeOffset Now,
    double Rate,
    string Train,
    IReadOnlyDictionary<string, double> Faults,
    IReadOnlyDictionary<string, string> Flags,
    IReadOnlyDictionary<string, int> Replicas,
    IReadOnlyList<WorldStatus.Bot> Bots,
    int Effects
)
{
    public sealed record Bot(string Id, int Pid, bool Alive);

    public static WorldStatus Of(World world)
    {
        return new WorldStatus(
            world.Clock.Now,
            world.Clock.Rate,
            world.Look(m => m.Train.Describe()),
            world.FaultsOn,
            world.Look(m => m.Flags.Matching("*").ToDictionary()),
            world.Look(m => new Dictionary<string, int>(m.Workloads.Replicas)),
            [.. world.Replicas.Select(r => new Bot(r.Place.Id, r.Process.Pid, r.IsAlive))],
            world.Effects.All.Count
        );
    }
}
