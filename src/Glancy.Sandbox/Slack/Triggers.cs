namespace Glancy.Sandbox.Slack;

/// <summary>What a person did lately: each deed lets the app open one view, within 3 s.</summary>
internal sealed class Triggers(TimeProvider real, Mint mint)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Person, long Since, bool Used)> known = [];

    public string Give(string person)
    {
        var id = mint.Trigger();
        lock (gate)
        {
            known[id] = (person, real.GetTimestamp(), false);
        }

        return id;
    }

    /// <summary>Uses a trigger up. The person, or Slack's error.</summary>
    public (string? Person, string? Error) Use(string id)
    {
        lock (gate)
        {
            if (!known.TryGetValue(id, out var trigger))
            {
                return (null, "invalid_trigger_id");
            }

            if (trigger.Used)
            {
                return (null, "exchanged_trigger_id");
            }

            if (real.GetElapsedTime(trigger.Since) > Life)
            {
                return (null, "expired_trigger_id");
            }

            known[id] = trigger with { Used = true };
            return (trigger.Person, null);
        }
    }
}
