namespace Glancy.Sandbox.Slack;

/// <summary>Who and what there is in the workspace: people, channels, groups.</summary>
public sealed class Members
{
    private readonly Changes changes;
    private readonly Dictionary<string, Person> people = [];
    private readonly Dictionary<string, Channel> channels = [];
    private readonly Dictionary<string, UserGroup> groups = [];

    internal Members(IEnumerable<Person> from, Changes changes)
    {
        this.changes = changes;
        Add(new Person(Team.BotUser, Team.BotName, "Glancy", "zh-CN") { IsBot = true });
        Add(new Person(Team.Slackbot, "slackbot", "Slackbot", "en-US") { IsBot = true });
        foreach (var person in from)
        {
            Add(person);
        }

        Put(new Channel(Team.OpsChannel, Team.OpsChannelName, "", [.. People.Select(p => p.Id), Team.BotUser]));
        Put(new UserGroup(Team.OnCallGroup, "oncall", "On call", [.. People.Take(1).Select(p => p.Id)]));
    }

    /// <summary>People, without bots and those who have left, in the order of the file.</summary>
    public IReadOnlyList<Person> People =>
        changes.Look(() => people.Values.Where(p => !p.IsBot && !p.Deleted).ToList());

    /// <summary>Everybody, bots too.</summary>
    public IReadOnlyList<Person> All => changes.Look(() => people.Values.ToList());

    public IReadOnlyList<Channel> Channels => changes.Look(() => channels.Values.ToList());

    public IReadOnlyList<UserGroup> Groups => changes.Look(() => groups.Values.ToList());

    public Person? Person(string id) => changes.Look(() => people.GetValueOrDefault(id));

    /// <summary>By id, or by name with or without the sign.</summary>
    public Channel? Channel(string id) =>
        changes.Look(() =>
            channels.GetValueOrDefault(id)
            ?? channels.Values.FirstOrDefault(c => !c.IsDirect && c.Name == id.TrimStart('#'))
        );

    public UserGroup? Group(string id) => changes.Look(() => groups.GetValueOrDefault(id));

    /// <summary>
    /// What a person sees on the left: the channels they are in, then their conversation with the bot.
    /// </summary>
    public IReadOnlyList<Channel> ChannelsOf(string person) =>
        changes.Look(() =>
            channels
                .Values.Where(c => c.Members.Contains(person))
                .OrderBy(c => c.IsDirect)
                .ThenBy(c => c.Name, StringComparer.Ordinal)
                .ToList()
        );

    /// <summary>Adds or replaces a person; one of this workspace gets a conversation with the bot.</summary>
    public void Add(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        changes.Make(() =>
        {
            people[person.Id] = person;
            if (person is { IsBot: false, IsStranger: false })
            {
                channels[person.DirectChannel] = new Channel(
                    person.DirectChannel,
                    person.Login,
                    "",
                    [person.Id, Team.BotUser],
                    person.Id
                );
            }
        });
    }

    /// <summary>Adds or replaces a channel.</summary>
    public void Put(Channel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        changes.Make(() => channels[channel.Id] = channel);
    }

    /// <summary>Adds or replaces a group.</summary>
    public void Put(UserGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        changes.Make(() => groups[group.Id] = group);
    }
}
