using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures;

/// <summary>The kinds of controlled state that are changed, by the names of their states.</summary>
public sealed class Targets(IEnumerable<ITarget> targets)
{
    private readonly ITarget[] all = [.. targets];

    public IReadOnlyList<ITarget> All => all;

    /// <summary>The kind of a state; null where nobody changes such states.</summary>
    public ITarget? Find(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Array.Find(all, target => state.StartsWith(target.Prefix, StringComparison.Ordinal));
    }

    /// <summary>Whether a state is a switch (<see cref="ITarget.IsSwitch"/>).</summary>
    public bool IsSwitch(string state) => Find(state) is { IsSwitch: true };

    /// <summary>The states of all switches as patterns of SQL's <c>like</c>.</summary>
    public string[] SwitchPatterns =>
        [.. all.Where(t => t.IsSwitch).Select(t => t.Prefix.Replace("_", "\\_", StringComparison.Ordinal) + "%")];
}
