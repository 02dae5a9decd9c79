using System.Globalization;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>What kind of trial a run was.</summary>
public enum Trial
{
    /// <summary>Nothing went wrong on purpose; the others are measured against it.</summary>
    Undisturbed,

    /// <summary>One kill at one transition.</summary>
    Sweep,

    /// <summary>Whatever a seed chose.</summary>
    Chaos,

    /// <summary>The audit chain after many runs.</summary>
    Audit,

    /// <summary>A procedure that is shipped and that the harness does not know.</summary>
    NotCovered,
}

/// <summary>One run of the torture; one line of <c>runs.jsonl</c>.</summary>
/// <param name="Procedure">Its id; empty where many had a part in it.</param>
/// <param name="What">The transition, or what the seed chose.</param>
/// <param name="Seconds">Real time with the way there and back.</param>
/// <param name="Repeat">What to type to play it alone.</param>
public sealed record TortureLine(
    Trial Trial,
    string Procedure,
    string Topology,
    string What,
    int? Seed,
    IReadOnlyList<string> Problems,
    string Died,
    double Seconds,
    string Repeat
)
{
    public bool Ok => Problems.Count == 0;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Ok ? "ok " : "BAD")} {Seconds, 5:0.0} s  {Procedure, -17} {Topology, -13} "
                + $"{(Seed is { } seed ? $"seed {seed}: " : "")}{What}"
        );
}
