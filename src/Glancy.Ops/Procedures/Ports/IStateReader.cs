using Glancy.Ops.Kernel;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>What was observed of controlled state; either every asked value, or why it is unknown.</summary>
public sealed record StatesObserved(IReadOnlyDictionary<string, string> Values, Refusal? Unknown)
{
    public static StatesObserved None { get; } = new(new Dictionary<string, string>(), null);

    public static StatesObserved Unreadable(Refusal why) => new(new Dictionary<string, string>(), why);
}

/// <summary>Reads one kind of state that plans are bound to (rule 3).</summary>
public interface IStateReader
{
    /// <summary>What the names of its states begin with, up to and with the slash.</summary>
    string Prefix { get; }

    /// <summary>
    /// The values of the asked states, which all begin with <see cref="Prefix"/>; one that is not there is left out.
    /// </summary>
    Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken);
}
