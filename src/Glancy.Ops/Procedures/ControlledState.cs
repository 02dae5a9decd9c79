using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures;

/// <summary>Reads the state that plans are bound to, each kind by its own class (rule 3).</summary>
public sealed class ControlledState(IEnumerable<IStateReader> readers)
{
    private readonly IStateReader[] kinds = [.. readers];

    /// <summary>Reads each asked state; what cannot be read or parsed makes the whole observation unknown.</summary>
    public async Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        var parts = await Task.WhenAll(kinds.Select(kind => OfAsync(kind, states, cancellationToken)));
        if (parts.FirstOrDefault(part => part.Unknown is not null) is { } unknown)
        {
            return unknown;
        }

        var values = parts
            .SelectMany(part => part.Values)
            .ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        return states.FirstOrDefault(state => !values.ContainsKey(state)) is { } missing
            ? StatesObserved.Unreadable(new Refusal("unparsable-output", "§2.3", missing))
            : new StatesObserved(values, null);
    }

    private static Task<StatesObserved> OfAsync(
        IStateReader kind,
        IReadOnlyList<string> states,
        CancellationToken cancellationToken
    )
    {
        string[] asked = [.. states.Where(state => state.StartsWith(kind.Prefix, StringComparison.Ordinal))];
        return asked.Length == 0 ? Task.FromResult(StatesObserved.None) : kind.ReadAsync(asked, cancellationToken);
    }
}
