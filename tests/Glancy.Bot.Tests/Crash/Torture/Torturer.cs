using System.Diagnostics;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>The whole torture: a lane for each topology, all at the same time, and one report.</summary>
/// <param name="root">The repository's folder; what is shipped is read from its runbook.</param>
public sealed class Torturer(TortureOptions options, string root, TimeProvider clock, Action<string> say)
{
    private const int Longest = 600;

    private readonly Lock gate = new();
    private readonly List<TortureLine> lines = [];

    /// <summary>Runs it and writes the report.</summary>
    /// <param name="lanes">Number of replicas, with a world that nobody else uses meanwhile.</param>
    public async Task<TortureResult> RunAsync(
        IReadOnlyList<(int Replicas, CrashWorld House)> lanes,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(lanes);
        Directory.CreateDirectory(options.Report);
        var runs = Path.Combine(options.Report, "runs.jsonl");
        await File.WriteAllTextAsync(runs, "", cancellationToken);
        var began = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();
        foreach (var unknown in options.Only.Count > 0 ? [] : ShippedProcedures.WithoutCase(root))
        {
            Done(
                new TortureLine(
                    Trial.NotCovered,
                    unknown,
                    "",
                    "not covered",
                    null,
                    [
                        "it is shipped, and the harness has no case for it "
                            + "(tests/Glancy.Bot.Tests/Crash/ProcedureCases.cs)",
                    ],
                    "",
                    0,
                    ""
                )
            );
        }

        var cases = ProcedureCases.All.Where(c => options.Only.Count == 0 || options.Only.Contains(c.Id)).ToList();
        var played = lanes
            .Select(l => new TortureLane(l.House, l.Replicas, options, Done, () => watch.Elapsed))
            .ToList();
        await Task.WhenAll(played.Select(lane => lane.RunAsync(cases, cancellationToken)));
        var result = new TortureResult(
            options,
            began,
            watch.Elapsed,
            [.. lines],
            [.. played.SelectMany(l => l.Planned)],
            played.Any(l => l.CutShort)
        );
        await File.WriteAllTextAsync(
            Path.Combine(options.Report, "report.md"),
            TortureReport.Page(result),
            cancellationToken
        );
        say(TortureReport.Verdict(result));
        return result;

        // Written as it happens: who stops it in the middle has what was found until then.
        void Done(TortureLine whole)
        {
            // A replica that does not come up brings its whole log along.
            var line = whole with
            {
                Problems = [.. whole.Problems.Select(Short)],
            };
            lock (gate)
            {
                lines.Add(line);
                File.AppendAllText(runs, TortureReport.Line(line) + "\n");
                say(line.ToString());
                foreach (var problem in line.Problems)
                {
                    say("      " + problem);
                }
            }
        }
    }

    private static string Short(string problem)
    {
        var line = problem.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
