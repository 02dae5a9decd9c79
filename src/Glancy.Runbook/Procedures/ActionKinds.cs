using System.Diagnostics.CodeAnalysis;

namespace Glancy.Runbook.Procedures;

/// <summary>The kinds of steps there are.</summary>
public sealed class ActionKinds
{
    private readonly Dictionary<string, ActionSpec> byKind = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two of them have one name.</exception>
    public ActionKinds(IEnumerable<ActionSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        foreach (var spec in specs)
        {
            if (!byKind.TryAdd(spec.Kind, spec))
            {
                throw new InvalidOperationException($"Two classes claim the kind {spec.Kind} of steps.");
            }
        }
    }

    public IReadOnlyCollection<ActionSpec> All => byKind.Values;

    /// <exception cref="KeyNotFoundException">There is no such kind.</exception>
    public ActionSpec this[string kind] => byKind[kind];

    public bool TryGet(string kind, [MaybeNullWhen(false)] out ActionSpec spec) => byKind.TryGetValue(kind, out spec);
}
