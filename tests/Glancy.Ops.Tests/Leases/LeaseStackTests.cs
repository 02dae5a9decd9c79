using System.Collections.Concurrent;
using Glancy.Ops.Flags;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Leases;

/// <summary>
/// Overlapping changes of ours, foreign hands between and inside them, and reverts in any order: production and the
/// stacks stand after every move as a small oracle says (rule 7).
/// </summary>
public sealed class LeaseStackTests(PostgresFixture postgres)
{
    private const int Sequences = 60;
    private const int Moves = 12;
    private const string Basic = FlagTarget.Before + "glancy.lookup.force_basic";
    private const string Limit = FlagTarget.Before + "glancy.ratelimit.user_rpm";

    private static readonly (string Target, string[] Values)[] Ours =
    [
        (Basic, ["true", "false"]),
        (Limit, ["300", "200", "100"]),
        (TrainTarget.State, ["15", "5", "50"]),
    ];

    private static readonly Hand[] Anywhere =
    [
        Hand.Never,
        Hand.Never,
        Hand.Never,
        Hand.Never,
        Hand.Never,
        Hand.Never,
        Hand.AfterDraft,
        Hand.AfterConfirmation,
        Hand.AfterSnapshot,
        Hand.AfterEffect,
    ];

    [Fact]
    public async Task In_any_order_the_right_value_returns_and_a_foreign_one_is_never_overwritten()
    {
        var happened = new ConcurrentDictionary<string, int>();
        var failures = new ConcurrentBag<string>();
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
                    await PlayAsync(seed, told, what => happened.AddOrUpdate(what, 1, (_, n) => n + 1));
                }
                catch (Exception failure)
                {
                    failures.Add($"seed {seed}: {string.Join("; ", told)}\n{failure}");
                }
            }
        );

        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Order(StringComparer.Ordinal).Take(3)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", happened.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key} {h.Value}"))
        );
        Assert.All(
            [
                "set",
                "set-meddled",
                "kill-switch",
                "rollback",
                "thaw",
                "foreign",
                "released",
                "reverted",
                "revert-meddled",
                "not-ours",
                "frozen",
                "kept",
            ],
            what => Assert.True(happened.GetValueOrDefault(what) > 0, $"{what} never happened")
        );
    }

    private async Task PlayAsync(int seed, List<string> told, Action<string> count)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, CancellationToken.None, LeaseStory.Procedures);
        var random = new Random(seed);
        var normal = house
            .Get<RunbookHolder>()
            .Current.Flags.Values.ToDictionary(f => FlagTarget.Before + f.Name, f => f.Default);
        var targets = house
            .Bastion.Flags.Select(f => (FlagTarget.Before + f.Key, f.Value))
            .Append((TrainTarget.State, "REL-B3 15%"));
        var oracle = new LeaseOracle(normal, targets.ToDictionary());
        var story = new LeaseStory(house, oracle);

        // Each sequence keeps to two targets, so that the stacks grow.
        var two = random.Next(3) is var left ? Ours.Where((_, i) => i != left).ToArray() : [];
        for (var move = 0; move < Moves; move++)
        {
            await DoAsync(await MoveAsync(story, two, random));
        }

        // At the end everything is taken back that may be, from the top: what is left stands under a value that is not
        // ours.
        await DoAsync(("thaw", story.ThawAsync));
        foreach (var target in oracle.Production.Keys)
        {
            while ((await story.OpenAsync()).LastOrDefault(l => l.Target == target) is { } top && oracle.Ours(target))
            {
                await DoAsync(($"revert {top.Name}", () => story.RevertAsync(top, Hand.Never)));
            }

            Assert.Equal(oracle.Ground(target) ?? oracle.Production[target], story.Stands(target));
        }

        async Task DoAsync((string Says, Func<Task<string>> Go) next)
        {
            told.Add(next.Says);
            count(await next.Go());
            house.Advance(TimeSpan.FromMinutes(1));
            await CheckAsync(story, oracle);
        }
    }

    private static async Task<(string Says, Func<Task<string>> Go)> MoveAsync(
        LeaseStory story,
        (string Target, string[] Values)[] two,
        Random random
    )
    {
        var (target, values) = two[random.Next(two.Length)];
        var (dice, value, hand, depth) = (
            random.Next(100),
            values[random.Next(values.Length)],
            Anywhere[random.Next(Anywhere.Length)],
            random.Next(1000)
        );
        var open = (await story.OpenAsync()).Where(l => two.Any(t => t.Target == l.Target)).ToList();
        var lease = open.Count == 0 ? null : open[depth % open.Count];
        if (target == TrainTarget.State && hand > Hand.AfterConfirmation)
        {
            hand = Hand.Never;
        }

        return dice switch
        {
            < 35 when lease is not null => (
                $"revert {lease.Name} {lease.Target} {hand}",
                () => story.RevertAsync(lease, !lease.IsSwitch && hand > Hand.AfterConfirmation ? Hand.Never : hand)
            ),
            < 43 when lease is not null => ($"keep {lease.Name} {lease.Target}", () => story.KeepAsync(lease)),
            >= 43 and < 53 => ($"foreign {target}", () => Task.FromResult(story.Meddle(target))),
            >= 53 and < 57 => ("kill-switch", story.KillAsync),
            >= 57 and < 62 => ("rollback", story.RollBackAsync),
            >= 62 and < 65 => ("thaw", story.ThawAsync),
            _ => ($"set {target} {value} {hand}", () => story.SetAsync(target, value, hand)),
        };
    }

    private static async Task CheckAsync(LeaseStory story, LeaseOracle oracle)
    {
        var open = await story.OpenAsync();
        foreach (var (target, value) in oracle.Production)
        {
            Assert.True(value == story.Stands(target), $"{target} is {story.Stands(target)}; should be {oracle}");
            var stack = open.Where(l => l.Target == target).Select(l => (l.Prior, l.Value)).ToList();
            Assert.True(
                stack.SequenceEqual(oracle.Stack(target)),
                $"{target} has {string.Join(" ", stack)}; should be {oracle}"
            );
        }
    }
}
