namespace Glancy.Slack.Handling;

/// <summary>The last keys taken; the oldest is forgotten first.</summary>
internal sealed class RecentKeys(int most)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>False when the key is known.</summary>
    public bool Add(string key)
    {
        lock (gate)
        {
            if (!known.Add(key))
            {
                return false;
            }

            order.Enqueue(key);
            if (order.Count > most)
            {
                known.Remove(order.Dequeue());
            }

            return true;
        }
    }

    /// <summary>
    /// Forgets a key whose request was not taken after all. Its place in the order stays; that only forgets a little
    /// sooner.
    /// </summary>
    public void Remove(string key)
    {
        lock (gate)
        {
            known.Remove(key);
        }
    }
}
