namespace Glancy.Bot.Tests.Crash.Torture;

public sealed class ChaosTests
{
    private static readonly string[] Transitions =
    [
        .. new[] { "claimed", "before-keys", "running" }.Concat(Enumerable.Range(0, 20).Select(i => $"done:{i}")),
        "ended",
    ];

    [Fact]
    public void A_seed_always_chooses_the_same()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            Chaos first = new(seed, ProcedureCases.All, [1, 2]),
                second = new(seed, ProcedureCases.All, [1, 2]);

            Assert.Equal((first.Procedure, first.Replicas), (second.Procedure, second.Replicas));
            Assert.Equal(first.Strikes(Transitions), second.Strikes(Transitions));
        }
    }

    [Fact]
    public void A_hundred_seeds_choose_everything_there_is()
    {
        var seeds = Enumerable.Range(1, 100).Select(seed => new Chaos(seed, ProcedureCases.All, [1, 2])).ToList();
        var strikes = seeds.Select(s => s.Strikes(Transitions)).ToList();

        Assert.Equal(ProcedureCases.All.Count, seeds.DistinctBy(s => s.Procedure).Count());
        Assert.Equal(2, seeds.DistinctBy(s => s.Replicas).Count());
        Assert.Equal([1, 2, 3], strikes.Select(s => s.Count(b => b.Blow == Blow.Kill)).Distinct().Order());
        Assert.Equal(Enum.GetValues<Blow>(), strikes.SelectMany(s => s).Select(s => s.Blow).Distinct().Order());
    }

    [Fact]
    public void Strikes_fall_at_transitions_of_their_own_in_the_order_of_the_run_and_outages_only_while_it_runs()
    {
        var strikes = Enumerable
            .Range(1, 200)
            .Select(seed => new Chaos(seed, ProcedureCases.All, [1, 2]).Strikes(Transitions))
            .ToList();

        Assert.All(
            strikes,
            s =>
                Assert.Equal(
                    s.Select(b => Array.IndexOf(Transitions, b.Transition)).Distinct().Order(),
                    s.Select(b => Array.IndexOf(Transitions, b.Transition))
                )
        );
        Assert.All(
            strikes.SelectMany(s => s).Where(s => s.Blow != Blow.Kill),
            s => Assert.True(Array.IndexOf(Transitions, s.Transition) > 2, s.ToString())
        );
    }
}
