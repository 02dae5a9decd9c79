using Glancy.Ops.Flags;

namespace Glancy.Ops.Tests.Leases;

/// <summary>
/// Rule 7 as one would explain it to a person: production as it should stand, and a stack of our changes on each
/// target. Knows neither database nor runs.
/// </summary>
internal sealed class LeaseOracle(
    IReadOnlyDictionary<string, string> normal,
    IReadOnlyDictionary<string, string> production
)
{
    private readonly Dictionary<string, string> stands = new(production);
    private readonly Dictionary<string, string> ground = new(production);
    private readonly Dictionary<string, List<(string Prior, string Value)>> stacks = production.Keys.ToDictionary(
        target => target,
        _ => new List<(string, string)>()
    );
    private readonly HashSet<string> kept = [];

    public IReadOnlyDictionary<string, string> Production => stands;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<(string Prior, string Value)> Stack(string target) => stacks[target];

    /// <summary>
    /// What stands when nothing of ours does: what the last foreign hand left, or what stood at first; null where a
    /// person's word has let one of ours stand.
    /// </summary>
    public string? Ground(string target) => kept.Contains(target) ? null : ground[target];

    /// <summary>
    /// Whether the highest may be taken back: its own value stands, or already what it would give back.
    /// </summary>
    public bool Ours(string target) =>
        stacks[target][^1] is var (prior, value) && (stands[target] == value || stands[target] == prior);

    /// <summary>A run of ours sets a value.</summary>
    public void Change(string target, string value)
    {
        var before = stands[target];
        var stack = stacks[target];
        stands[target] = value;
        if (
            before == value
                ? stack.Count > 0 && stack[^1].Value == value
                : stack.Count > 0 || normal.GetValueOrDefault(target) != value
        )
        {
            stack.Add((before, value));
        }
        else if (before != value)
        {
            ground[target] = value;
        }
    }

    /// <summary>Somebody sets a value by hand.</summary>
    public void Foreign(string target, string value)
    {
        stands[target] = value;
        ground[target] = value;
    }

    /// <summary>A change is taken back: what it stood on returns, or passes to the one above it.</summary>
    public void Revert(string target, int at)
    {
        var stack = stacks[target];
        var gone = stack[at];
        stack.RemoveAt(at);
        if (at == stack.Count)
        {
            stands[target] = gone.Prior;
        }
        else if (stack[at].Prior == gone.Value)
        {
            stack[at] = (gone.Prior, stack[at].Value);
        }
    }

    /// <summary>
    /// A change is not temporary any more: it leaves the stack, and who stands on it stands on its value.
    /// </summary>
    public void Keep(string target, int at)
    {
        stacks[target].RemoveAt(at);
        kept.Add(target);
    }

    public override string ToString() =>
        string.Join(
            ", ",
            stands
                .Where(s => s.Value != normal.GetValueOrDefault(s.Key) || stacks[s.Key].Count > 0)
                .Select(s =>
                    $"{s.Key}={s.Value} [{string.Join(" ", stacks[s.Key].Select(l => $"{l.Prior}->{l.Value}"))}]"
                )
        );

    /// <summary>The flag's name; null for the train.</summary>
    public static string? FlagOf(string target) =>
        target.StartsWith(FlagTarget.Before, StringComparison.Ordinal) ? target[FlagTarget.Before.Length..] : null;
}
