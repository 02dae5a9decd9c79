using System.Diagnostics;
using System.Globalization;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The sweep of the full rollback in one topology, and what it must have done once.</summary>
internal static class RollbackSweep
{
    public static async Task RunAsync(CrashWorld house, string topology, int replicas, ITestOutputHelper output, CancellationToken cancellationToken)
    {
        var table = new List<string>();
        var watch = Stopwatch.StartNew();
        var sweep = new Sweep(house, ProcedureCase.Rollback, Say);
        await house.TopologyAsync(replicas, cancellationToken);
        var undisturbed = await house.UndisturbedAsync(ProcedureCase.Rollback, cancellationToken);
        AssertOnce(undisturbed.Facts);
        Assert.Contains("after-effect:execute", undisturbed.Transitions);
        Say($"{topology}: {undisturbed.Transitions.Count} transitions; the undisturbed run took {undisturbed.Took.TotalSeconds:0.0} s");

        var lines = await sweep.KillEverywhereAsync(topology, undisturbed.Transitions, undisturbed.Facts, cancellationToken);
        Say(Summary(topology, lines, watch.Elapsed));
        TestContext.Current.AddAttachment("transitions", string.Join('\n', table));
        var broken = lines.Where(l => l.Problems.Count > 0).SelectMany(l => l.Problems.Prepend(l.ToString())).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        await house.AssertAuditIntactAsync(cancellationToken);

        void Say(string line)
        {
            table.Add(line);
            output.WriteLine(line);
        }
    }

    /// <summary>What "once" means for this procedure, said apart from any comparison.</summary>
    public static void AssertOnce(RunFacts facts)
    {
        Assert.Equal(1, facts.Count("run Succeeded"));
        Assert.Equal(1, facts.Count("effect rollback_stage --batch REL-B3 key R-#/execute/1 done changed"));
        Assert.Equal(1, facts.Count("effect configctl.snapshot.create"));
        Assert.Equal(2, facts.Count("effect "));
        Assert.Equal(1, facts.Count("product audit of rollback_stage: release.rollback REL-B3 REL-B3 active 15% to REL-B3 rolled-back 0%"));
        Assert.Equal(1, facts.Count("product audit of rollback_stage: flag.set glancy.lookup.force_basic false to true"));
        Assert.Equal(1, facts.Count("batch row rollback REL-B3 0 verified"));
        string[] keys = ["record", "snapshot", "execute", "close-record"];
        Assert.Equal(keys.Length, facts.Count("product audit of glancy"));
        Assert.All(keys, key => Assert.Single(facts.Lines, l => l.StartsWith("product audit of glancy", StringComparison.Ordinal) && l.EndsWith($"key R-#/{key}/1", StringComparison.Ordinal)));
        Assert.All(["announce", "announce-verified", "ended"], key => Assert.Equal(1, facts.Count($"notice run:#:{key} post")));
        Assert.Equal(0, facts.Count("lock key"));
        Assert.Equal(2, facts.Count("bastion key "));
        Assert.Equal(1, facts.Count("freeze prod by mei run #"));
        Assert.Equal(1, facts.Count("lease flag/glancy.lookup.force_basic false to true"));
    }

    private static string Summary(string topology, IReadOnlyList<SweepLine> lines, TimeSpan wall)
    {
        var times = lines.Select(l => l.Whole.TotalSeconds).Order().ToList();
        return times.Count == 0 ? "nothing was swept" : string.Create(
            CultureInfo.InvariantCulture,
            $"{topology}: {lines.Count} runs, {lines.Count(l => l.Problems.Count > 0)} broken, {wall.TotalSeconds:0} s in all; a run: least {times[0]:0.0}, median {times[times.Count / 2]:0.0}, most {times[^1]:0.0} s");
    }
}
