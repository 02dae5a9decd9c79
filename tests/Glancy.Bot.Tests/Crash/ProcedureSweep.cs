using System.Diagnostics;
using System.Globalization;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The sweep of one procedure in one topology, as a test.</summary>
internal static class ProcedureSweep
{
    /// <param name="replicas">One that is started again when it dies, or two.</param>
    /// <param name="choose">Which of the transitions are tried.</param>
    public static async Task RunAsync(
        CrashWorld house,
        ProcedureCase procedure,
        int replicas,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> choose,
        ITestOutputHelper output,
        CancellationToken cancellationToken
    )
    {
        var table = new List<string>();
        var watch = Stopwatch.StartNew();
        var topology = Topology.Name(replicas);
        var sweep = new Sweep(house, procedure, Say);
        await house.TopologyAsync(replicas, cancellationToken);
        var undisturbed = await house.UndisturbedAsync(procedure, cancellationToken);
        Assert.Empty(procedure.Objections(undisturbed.Facts));
        Assert.Contains("ended", undisturbed.Transitions);
        Say(
            $"{topology}: {undisturbed.Transitions.Count} transitions; the undisturbed run took "
                + $"{undisturbed.Took.TotalSeconds:0.0} s"
        );

        var lines = await sweep.KillEverywhereAsync(
            topology,
            choose(undisturbed.Transitions),
            undisturbed.Facts,
            cancellationToken
        );
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

    private static string Summary(string topology, IReadOnlyList<SweepLine> lines, TimeSpan wall)
    {
        var times = lines.Select(l => l.Whole.TotalSeconds).Order().ToList();
        return times.Count == 0
            ? "nothing was swept"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{topology}: {lines.Count} runs, {lines.Count(l => l.Problems.Count > 0)} broken, "
                    + $"{wall.TotalSeconds:0} s in all; a run: least {times[0]:0.0}, median "
                    + $"{times[times.Count / 2]:0.0}, most {times[^1]:0.0} s"
            );
    }
}
