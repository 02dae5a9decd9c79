using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash;

/// <summary>How a run went whose process was killed at one transition.</summary>
/// <param name="Problems">What is not as in the undisturbed run; empty when all is well.</param>
/// <param name="Whole">Real time with the way there and back.</param>
public sealed record SweepLine(string Procedure, string Topology, string Transition, IReadOnlyList<string> Problems, string Death, TimeSpan Took, TimeSpan Whole)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Procedure,-17} {Topology,-14} {Transition,-36} {(Problems.Count == 0 ? "ok" : "BROKEN"),-7} {Death,-26} run {Took.TotalSeconds,5:0.0} s  in all {Whole.TotalSeconds,5:0.0} s");
}

/// <summary>Kills a replica at every transition that a run of the procedure comes by, one run each.</summary>
public sealed class Sweep(CrashWorld house, ProcedureCase procedure, Action<string> say)
{
    /// <summary>One run, killed at one transition.</summary>
    public async Task<SweepLine> KillAsync(string topology, string transition, RunFacts expected, CancellationToken cancellationToken)
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
                problems.Add($"not one death by signal 9 at {transition}: order taken by {played.OrderTakenBy?.ToString(CultureInfo.InvariantCulture) ?? "nobody"}, deaths: {string.Join(", ", played.Deaths)}");
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            problems.Add(trouble.Message);
        }

        var line = new SweepLine(procedure.Id, topology, transition, problems, death, took, watch.Elapsed);
        say(line.ToString());
        foreach (var problem in problems)
        {
            say("    " + problem);
        }

        return line;
    }

    /// <summary>All transitions with the replicas that there are now; a pattern in <c>GLANCY_CRASH_ONLY</c> chooses among them.</summary>
    public async Task<IReadOnlyList<SweepLine>> KillEverywhereAsync(
        string topology, IReadOnlyList<string> transitions, RunFacts expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        var only = Environment.GetEnvironmentVariable("GLANCY_CRASH_ONLY") is { Length: > 0 } pattern ? pattern : ".";
        var lines = new List<SweepLine>();
        foreach (var transition in transitions.Where(t => Regex.IsMatch(t, only)))
        {
            lines.Add(await KillAsync(topology, transition, expected, cancellationToken));
        }

        return lines;
    }
}
