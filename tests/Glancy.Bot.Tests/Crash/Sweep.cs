using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Bot.Tests.Crash.Torture;

namespace Glancy.Bot.Tests.Crash;

/// <summary>How a run went in which processes were killed at one transition, or at some in turn.</summary>
/// <param name="Problems">What is not as in the undisturbed run; empty when all is well.</param>
/// <param name="Whole">Real time with the way there and back.</param>
public sealed record SweepLine(
    string Procedure,
    string Topology,
    string Transition,
    IReadOnlyList<string> Problems,
    string Death,
    TimeSpan Took,
    TimeSpan Whole
)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Procedure, -17} {Topology, -14} {Transition, -36} {(Problems.Count == 0 ? "ok" : "BROKEN"), -7} "
                + $"{Death, -26} run {Took.TotalSeconds, 5:0.0} s  in all {Whole.TotalSeconds, 5:0.0} s"
        );
}

/// <summary>Kills a replica at every transition that a run of the procedure comes by.</summary>
public sealed class Sweep(CrashWorld house, ProcedureCase procedure, Action<string> say)
{
    private const int Together = 3;

    /// <summary>One run, killed at one transition.</summary>
    public async Task<SweepLine> KillAsync(
        string topology,
        string transition,
        RunFacts expected,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(expected);
        var watch = Stopwatch.StartNew();
        List<string> problems = [];
        var death = "nobody died";
        var took = TimeSpan.Zero;
        try
        {
            var played = await new CrashRun(house, procedure).PlayAsync(transition, null, cancellationToken);
            took = played.Took;
            problems.AddRange(played.Facts.DifferencesFrom(expected));
            if (played.Deaths is [var one] && one.Pid == played.OrderTakenBy && one.Exit == Death.BySignal9)
            {
                death = string.Create(CultureInfo.InvariantCulture, $"{one.Replica} ({one.Pid}) by signal 9");
            }
            else
            {
                problems.Add(
                    $"not one death by signal 9 at {transition}: order taken by "
                        + $"{played.OrderTakenBy?.ToString(CultureInfo.InvariantCulture) ?? "nobody"}, deaths: "
                        + $"{string.Join(", ", played.Deaths)}"
                );
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            problems.Add(trouble.Message);
        }

        return Say(new SweepLine(procedure.Id, topology, transition, problems, death, took, watch.Elapsed));
    }

    /// <summary>
    /// All transitions with the replicas that there are now, three in a run and far from each other, since the way to a
    /// run is longer than a death; <c>./glancy torture --at</c> tries one alone. A pattern in <c>GLANCY_CRASH_ONLY</c>
    /// chooses among them.
    /// </summary>
    public async Task<IReadOnlyList<SweepLine>> KillEverywhereAsync(
        string topology,
        IReadOnlyList<string> transitions,
        RunFacts expected,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(transitions);
        var only = Environment.GetEnvironmentVariable("GLANCY_CRASH_ONLY") is { Length: > 0 } pattern ? pattern : ".";
        var chosen = transitions.Where(t => Regex.IsMatch(t, only)).ToList();
        var runs = (chosen.Count + Together - 1) / Together;
        var lines = new List<SweepLine>();
        for (var first = 0; first < runs; first++)
        {
            lines.Add(
                await KillInTurnAsync(
                    topology,
                    [.. chosen.Where((_, index) => index % runs == first)],
                    expected,
                    cancellationToken
                )
            );
        }

        return lines;
    }

    private async Task<SweepLine> KillInTurnAsync(
        string topology,
        IReadOnlyList<string> transitions,
        RunFacts expected,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        var (problems, died) = await new ChaosRun(
            house,
            procedure,
            [.. transitions.Select(t => new Strike(t, Blow.Kill))]
        ).PlayAsync(expected, cancellationToken);
        return Say(
            new SweepLine(
                procedure.Id,
                topology,
                string.Join(" + ", transitions),
                problems,
                died,
                watch.Elapsed,
                watch.Elapsed
            )
        );
    }

    private SweepLine Say(SweepLine line)
    {
        say(line.ToString());
        foreach (var problem in line.Problems)
        {
            say("    " + problem);
        }

        return line;
    }
}
