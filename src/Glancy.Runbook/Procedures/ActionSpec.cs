namespace Glancy.Runbook.Procedures;

/// <summary>How an effect survives a crash (rule 1 of the engine).</summary>
public enum EffectClass
{
    /// <summary>No effect outside the bot's own database.</summary>
    None,

    /// <summary>The far side remembers run, step and attempt and answers a known key with its stored state.</summary>
    Keyed,

    /// <summary>Setting the same value again changes nothing.</summary>
    Convergent,

    /// <summary>Never repeated without a person.</summary>
    UnknownThenHuman,
}

/// <summary>
/// What a kind of step is called and takes, and everything else that is asked of it by others. The class that carries
/// the kind out declares it; the lint checks procedures against it.
/// </summary>
public sealed record ActionSpec(string Kind, EffectClass Effect, IReadOnlyList<ActionArgument> Arguments)
{
    /// <summary>Bastion commands that the kind calls without being told to by an argument.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>It only judges what is there: a proof.</summary>
    public bool Expects { get; init; }

    /// <summary>
    /// It accompanies what the run is for - a record, a snapshot, a word - and one person may leave it out; anything
    /// else takes two (rule 10).
    /// </summary>
    public bool Aside { get; init; }

    /// <summary>It adds risk even where its procedure takes risk away (rule 11).</summary>
    public bool AddsRisk { get; init; }

    /// <summary>
    /// Its effect carries its key and its row in the product's audit in one transaction: no command is asked after, and
    /// asking again is safe.
    /// </summary>
    public bool RecordsItself { get; init; }

    /// <summary>What it prints while it runs is brought to the channel.</summary>
    public bool Prints { get; init; }

    /// <summary>A step of the procedure has to look afterwards whether it had its effect.</summary>
    public bool NeedsProof { get; init; } = Effect is EffectClass.Keyed or EffectClass.Convergent;

    /// <summary>
    /// It may be due at a time of its own, wherever the run is (<see cref="StepDefinition.NotLaterThan"/>).
    /// </summary>
    public bool IsTimed { get; init; }

    /// <summary>What the shape of its arguments does not say.</summary>
    public Action<ArgumentCheck> Check { get; init; } = static _ => { };
}

/// <summary>An argument of a kind of step.</summary>
/// <param name="Refers">What the value must name, one of <see cref="References"/>; null for free text.</param>
/// <param name="OrAll"><c>all</c> stands for everything that could be named.</param>
public sealed record ActionArgument(
    string Name,
    bool Required,
    string? Refers = null,
    bool IsList = false,
    bool OrAll = false
);
