using Glancy.Runbook.Procedures;

namespace Glancy.Runbook;

/// <summary>
/// A kind of controlled state: what its states are called. The class that reads it declares it; the lint checks by it
/// what commands say that they change.
/// </summary>
/// <param name="Prefix">What the names of its states begin with, up to and with the slash: <c>flag/</c>.</param>
/// <param name="Refers">What the rest of a name must be declared as, one of <see cref="References"/>; null where
/// <see cref="Names"/> lists it.</param>
public sealed record TargetSpec(string Prefix, string? Refers = null)
{
    /// <summary>What may follow the prefix, where the runbook does not declare it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// What people call a state, by the rest of its name; null where the product has a word for the kind itself.
    /// </summary>
    public Func<string, RunbookContent, Words?> Title { get; init; } = static (_, _) => null;

    /// <summary>A state's name without its prefix.</summary>
    public string NameOf(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state[Prefix.Length..];
    }
}

/// <summary>The kinds of controlled state there are.</summary>
public sealed class TargetKinds
{
    private readonly List<TargetSpec> kinds = [];

    /// <exception cref="InvalidOperationException">Two of them claim one prefix.</exception>
    public TargetKinds(IEnumerable<TargetSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        foreach (var spec in specs)
        {
            if (kinds.Any(known => known.Prefix == spec.Prefix))
            {
                throw new InvalidOperationException($"Two classes claim the states {spec.Prefix}.");
            }

            kinds.Add(spec);
        }
    }

    /// <summary>None at all: for a runbook that says of no command what it changes.</summary>
    public static TargetKinds None { get; } = new([]);

    public IReadOnlyList<TargetSpec> All => kinds;

    /// <summary>The kind of a state; null when it is of none, or none that there can be.</summary>
    public TargetSpec? Find(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var kind = kinds.Find(k =>
            state.StartsWith(k.Prefix, StringComparison.Ordinal) && state.Length > k.Prefix.Length
        );
        return
            kind is null
            || kind.Refers is not null
            || Placeholders.Names(state).Any()
            || kind.Names.Contains(kind.NameOf(state))
            ? kind
            : null;
    }
}
