namespace Glancy.Bot.Tests.Crash;

/// <summary>The words in which a case says what must be there once.</summary>
internal static class Once
{
    /// <summary>
    /// What holds for every procedure: it ended well, holds no keys, and these are all the effects and keys of the
    /// bastion that there are.
    /// </summary>
    /// <param name="effects">Beginnings of the effects, each there once.</param>
    public static IEnumerable<Expectation> Succeeded(params string[] effects) =>
        [
            new(1, "run Succeeded"),
            new(0, "lock key"),
            new(effects.Length, "effect "),
            new(effects.Length, "bastion key "),
            .. effects.Select(effect => new Expectation(1, "effect " + effect, " done changed")),
            .. Posts("ended"),
        ];

    /// <summary>
    /// What the product's own audit knows of the tools, each once, and which steps of ours, each once.
    /// </summary>
    public static IEnumerable<Expectation> Audited(string[] ours, params string[] tools) =>
        [
            new(ours.Length, "product audit of glancy"),
            .. ours.Select(step => new Expectation(1, "product audit of glancy", $"key R-#/{step}/1")),
            .. tools.Select(tool => new Expectation(1, "product audit of " + tool)),
        ];

    /// <summary>These are all the leases there are, each once.</summary>
    public static IEnumerable<Expectation> Leases(params Expectation[] leases) =>
        [new(leases.Sum(l => l.Times), "lease "), .. leases];

    /// <summary>A lease of this run's own that stands.</summary>
    public static Expectation Stands(string change) => new(1, $"lease {change} by mei", " stands");

    /// <summary>A lease of the run before that stands.</summary>
    public static Expectation StoodBefore(string change) =>
        new(1, $"lease {change} of an earlier run by mei", " stands");

    /// <summary>A lease of the run before that this run took back.</summary>
    public static Expectation TakenBack(string change) =>
        new(1, $"lease {change} of an earlier run by mei", " Reverted by mei run #");

    /// <summary>Posts that went out once.</summary>
    public static IEnumerable<Expectation> Posts(params string[] keys) =>
        keys.Select(key => new Expectation(1, $"notice run:#:{key} post"));
}
