using System.Collections.Concurrent;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>
/// Lights, freezes, thaws, dismissals, rollbacks, broken glass and reverts in any order: what moves the train on is
/// neither drafted nor confirmed nor let go while a hook is bad and not explained, the train is frozen, or a rollback
/// runs - and it is when all is calm.
/// </summary>
public sealed class TrainTests(PostgresFixture postgres)
{
    private const int Sequences = 60;
    private const int Moves = 20;

    [Fact]
    public async Task In_any_order_the_train_moves_only_when_all_is_calm_and_then_it_does()
    {
        var failures = new ConcurrentBag<string>();
        var (moved, thawed, held) = (0, 0, 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Sequences),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 3,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (seed, _) =>
            {
                // The first that fails tells enough.
                if (!failures.IsEmpty)
                {
                    return;
                }

                var told = new List<string>();
                try
                {
                    var (laws, refused) = await PlayAsync(seed, told);
                    Interlocked.Add(ref moved, laws.Moved > 0 ? 1 : 0);
                    Interlocked.Add(ref thawed, laws.Thawed);
                    Interlocked.Add(ref held, refused);
                }
                catch (Exception failure)
                {
                    failures.Add($"seed {seed}: {string.Join("; ", told)}\n{failure}");
                }
            }
        );

        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Order(StringComparer.Ordinal).Take(3)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"moved in {moved} of {Sequences}, {thawed} thaws, {held} confirmations refused"
        );
        Assert.True(moved >= Sequences / 4, $"the train moved in {moved} sequences only");
        Assert.True(thawed > 0 && held > 0, $"{thawed} thaws, {held} confirmations refused");
    }

    private async Task<(TrainLaws Laws, int Refused)> PlayAsync(int seed, List<string> told)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, CancellationToken.None, TrainStory.Procedures);
        (house.Bastion.Batch, house.Bastion.Weight) = ("REL-B2", "5");
        var laws = new TrainLaws(house);
        var story = new TrainStory(house, laws, new Random(seed));
        var refused = 0;
        for (var move = 0; move < Moves; move++)
        {
            told.Add(story.Next());
            told[^1] += $" {await story.MakeAsync(told[^1])}";
            await laws.CheckAsync();
            refused += await ProbeAsync(house, story, laws);
        }

        return (laws, refused);
    }

    // Whoever asks now is answered by the same rule; a refused word leaves nothing behind.
    private static async Task<int> ProbeAsync(OpsHouse house, TrainStory story, TrainLaws laws)
    {
        var why = await laws.StandstillAsync();
        var refusal = await house
            .Get<PlanGuards>()
            .RefusalAsync(
                new GuardQuestion(
                    GuardMoment.Draft,
                    TrainStory.Procedures.Single(p => p.Id == "move-on"),
                    new Dictionary<string, string>(),
                    ["mei"],
                    new Decision()
                ),
                CancellationToken.None
            );
        Assert.True(why is null == refusal is null, $"{refusal?.Code ?? "allowed"} although {why ?? "all is calm"}");
        if (why is null)
        {
            return 0;
        }

        Assert.IsType<DraftOutcome.Refused>(await story.DraftMoveAsync("move-on", "mei"));
        var waiting = (await house.Get<RunStore>().ListAsync(openOnly: true, 1000, CancellationToken.None))
            .Where(r => r.Open && r.Definition.AddsRisk)
            .ToList();
        foreach (var run in waiting)
        {
            var outcome = await house.ConfirmAsync(run, "mei", CancellationToken.None);
            Assert.True(outcome is RunOutcome.Refused, $"{run.Name} {run.Definition.Id} confirmed although {why}");
        }

        return waiting.Count;
    }
}
