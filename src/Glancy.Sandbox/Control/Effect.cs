namespace Glancy.Sandbox.Control;

/// <summary>One call of a command that changes something, as production saw it.</summary>
/// <param name="Number">1, 2, 3, ... since the last reset.</param>
/// <param name="Command">The bastion's id of the command, for example <c>rollback_stage</c>.</param>
/// <param name="Arguments">As typed.</param>
/// <param name="Key">The agent's key of the call, when it came through the agent.</param>
/// <param name="World">World time of the call.</param>
/// <param name="Real">Machine time of the call.</param>
/// <param name="Changed">Whether any state of production is another than before.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
public sealed record Effect(
    int Number,
    string Command,
    string Arguments,
    string? Key,
    DateTimeOffset World,
    DateTimeOffset Real,
    bool Changed,
    string State
);

/// <summary>The journal of effects, for counting what happened once.</summary>
public sealed class EffectJournal(TimeProvider real)
{
    private readonly Lock gate = new();
    private readonly List<Effect> effects = [];
    private int offset;

    public IReadOnlyList<Effect> All
    {
        get
        {
            lock (gate)
            {
                return [.. effects];
            }
        }
    }

    /// <summary>Notes a call and returns its ticket for <see cref="Update"/>.</summary>
    public int Begin(string command, string arguments, string? key, DateTimeOffset world)
    {
        lock (gate)
        {
            effects.Add(
                new Effect(effects.Count + 1, command, arguments, key, world, real.GetUtcNow(), false, "running")
            );
            return offset + effects.Count;
        }
    }

    /// <summary>
    /// Adds what a call has done; once changed stays changed. Calls from before the last reset are ignored.
    /// </summary>
    public void Update(int ticket, bool changed, string state)
    {
        lock (gate)
        {
            var index = ticket - offset - 1;
            if (index >= 0 && index < effects.Count)
            {
                effects[index] = effects[index] with { Changed = effects[index].Changed || changed, State = state };
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            offset += effects.Count;
            effects.Clear();
        }
    }
}
