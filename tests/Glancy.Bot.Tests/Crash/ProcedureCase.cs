namespace Glancy.Bot.Tests.Crash;

/// <summary>How often a fact must be there after a run.</summary>
/// <param name="Beginning">How its line begins.</param>
/// <param name="ExitCode">How it ends; empty when any end will do.</param>
public sealed record Expectation(int Times, string Beginning, string ExitCode = "")
{
    /// <summary>What is wrong with the facts; null when they are as expected.</summary>
    public string? Objection(RunFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var seen = facts.Lines.Count(l =>
            l.StartsWith(Beginning, StringComparison.Ordinal) && l.EndsWith(ExitCode, StringComparison.Ordinal)
        );
        return seen == Times ? null : $"{seen} times instead of {Times}: {Beginning}...{ExitCode}";
    }
}

/// <summary>A procedure as the harness plays it; nothing else in the harness knows which one it is.</summary>
/// <param name="Id">The procedure's id in the runbook.</param>
public sealed record ProcedureCase(string Id)
{
    /// <summary>
    /// Brings a world in which anything may have run before to where it can be drafted, and gives the words that draft
    /// it.
    /// </summary>
    public required Func<CrashWorld, CancellationToken, Task<IReadOnlyList<string>>> ArrangeAsync { get; init; }

    /// <summary>What "once" means for this procedure, said apart from any comparison.</summary>
    public required IReadOnlyList<Expectation> Once { get; init; }

    /// <summary>Who says the words; a person on the roster at every hour.</summary>
    public string Drafter { get; init; } = "gao";

    /// <summary>The other person, who holds the role at every hour.</summary>
    public string Confirmer { get; init; } = "mei";

    /// <summary>What is not there once; empty when all is well.</summary>
    public IReadOnlyList<string> Objections(RunFacts facts) =>
        [.. Once.Select(e => e.Objection(facts)).OfType<string>()];

    public override string ToString() => Id;
}
