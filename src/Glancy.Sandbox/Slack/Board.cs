namespace Glancy.Sandbox.Slack;

/// <summary>The messages of every channel.</summary>
public sealed class Board
{
    private readonly Changes changes;
    private readonly Mint mint;
    private readonly Func<DateTimeOffset> now;
    private readonly Dictionary<string, List<Message>> channels = [];

    internal Board(Changes changes, Mint mint, Func<DateTimeOffset> now)
    {
        this.changes = changes;
        this.mint = mint;
        this.now = now;
    }

    /// <summary>What the channel itself shows, the oldest first: no answers, but those that are broadcast.</summary>
    public IReadOnlyList<Message> In(string channel) =>
        changes.Look(() => Of(channel).Where(m => !m.IsAnswer || m.IsBroadcast).ToList());

    /// <summary>A message and its answers, the oldest first; empty when there is no such message.</summary>
    public IReadOnlyList<Message> Thread(string channel, string threadTs) =>
        changes.Look(() => Of(channel).Where(m => m.Ts == threadTs || m.ThreadTs == threadTs).ToList());

    public int Answers(string channel, string ts) =>
        changes.Look(() => Of(channel).Count(m => m.ThreadTs == ts && m.Ts != ts));

    public Message? Find(string channel, string ts) => changes.Look(() => Of(channel).FirstOrDefault(m => m.Ts == ts));

    /// <summary>Everything, answers too.</summary>
    public IReadOnlyList<Message> All =>
        changes.Look(() => channels.Values.SelectMany(m => m).OrderBy(m => m.Ts, StringComparer.Ordinal).ToList());

    /// <summary>Adds a message; its name and time are given here.</summary>
    internal Message Post(Message draft) =>
        changes.Make(() =>
        {
            var message = draft with { Ts = mint.Ts(), At = now() };
            if (message.ThreadTs is { } parent)
            {
                Replace(message.Channel, parent, m => m.ThreadTs is null ? m with { ThreadTs = parent } : m);
            }

            Of(message.Channel).Add(message);
            return message;
        });

    /// <summary>Changes a message where it is. Null when it is not there.</summary>
    internal Message? Replace(string channel, string ts, Func<Message, Message> change) =>
        changes.Make(() =>
        {
            var messages = Of(channel);
            var at = messages.FindIndex(m => m.Ts == ts);
            return at < 0 ? null : messages[at] = change(messages[at]);
        });

    /// <summary>False when it is not there.</summary>
    public bool Delete(string channel, string ts) => changes.Make(() => Of(channel).RemoveAll(m => m.Ts == ts) > 0);

    /// <summary>Gives or takes a reaction. False when it was so already.</summary>
    internal bool React(string channel, string ts, string user, string name, bool give)
    {
        var changed = false;
        Replace(
            channel,
            ts,
            message =>
            {
                var users = message.Reactions.FirstOrDefault(r => r.Name == name)?.Users ?? [];
                changed = users.Contains(user) != give;
                var others = give ? [.. users, user] : users.Where(u => u != user).ToList();
                return !changed
                    ? message
                    : message with
                    {
                        Reactions =
                        [
                            .. message.Reactions.Where(r => r.Name != name),
                            .. others.Count > 0 ? [new Reaction(name, others)] : Array.Empty<Reaction>(),
                        ],
                    };
            }
        );
        return changed;
    }

    private List<Message> Of(string channel) =>
        channels.TryGetValue(channel, out var messages) ? messages : channels[channel] = [];
}
