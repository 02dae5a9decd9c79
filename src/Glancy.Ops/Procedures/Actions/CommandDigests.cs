using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>digest/{command}</c>: what a command of the bastion is made of, so that a confirmation is bound to its content.
/// Nobody sets it.
/// </summary>
public sealed class CommandDigests(IBastion bastion) : IStateReader
{
    public const string Before = "digest/";

    public string Prefix => Before;

    /// <inheritdoc/>
    public async Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        var values = new Dictionary<string, string>();
        foreach (var state in states)
        {
            var command = state[Before.Length..];
            var reading = await bastion.DigestAsync(command, cancellationToken);
            if (reading is not BastionReading.Read { Digest: { } digest })
            {
                return StatesObserved.Unreadable(BastionRefusal.Of(reading, command));
            }

            values[state] = digest;
        }

        return new StatesObserved(values, null);
    }
}
