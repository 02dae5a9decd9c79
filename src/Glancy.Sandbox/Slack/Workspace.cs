using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>
/// A Slack workspace in memory: what is in it, and what a person does in it. All of it may be used from any thread;
/// records are never changed, only replaced, and <see cref="Changes"/> says when to look again.
/// </summary>
public sealed class Workspace
{
    private readonly Typing typing;
    private readonly Pressing pressing;
    private readonly Submitting submitting;
    private readonly Shortcutting shortcutting;

    /// <param name="people">Who has an account.</param>
    /// <param name="real">Slack's own clock: names of messages, triggers, response addresses.</param>
    /// <param name="world">What people take for the time; the real one when null.</param>
    public Workspace(IEnumerable<Person> people, TimeProvider real, Func<DateTimeOffset>? world = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        var now = world ?? real.GetUtcNow;
        Mint = new Mint(real);
        Members = new Members(people, Changes);
        Board = new Board(Changes, Mint, now);
        Asides = new Asides(Changes, Mint, now);
        Screens = new Screens(Changes, Mint);
        Files = new Cabinet(Changes, real);
        Content = new Content(Mint, Files);
        Json = new MessageJson(Board, Files);
        Triggers = new Triggers(real, Mint);
        Addresses = new ResponseAddresses(real);
        Responses = new Responses(Board, Asides, Content);
        typing = new Typing(this);
        pressing = new Pressing(this);
        submitting = new Submitting(this);
        shortcutting = new Shortcutting(this);
    }

    public Changes Changes { get; } = new();

    public Members Members { get; }

    public Board Board { get; }

    public Asides Asides { get; }

    public Screens Screens { get; }

    public Cabinet Files { get; }

    /// <summary>The app that is installed.</summary>
    public IApp App { get; set; } = new NoApp();

    /// <summary>What the app adds to the menu of every message.</summary>
    public IReadOnlyList<Shortcut> Shortcuts { get; set; } = [];

    internal Mint Mint { get; }

    internal Content Content { get; }

    internal MessageJson Json { get; }

    internal Triggers Triggers { get; }

    internal ResponseAddresses Addresses { get; }

    internal Responses Responses { get; }

    /// <summary>Reads the people of <c>runbook/people.yaml</c> that have a Slack id.</summary>
    public static IReadOnlyList<Person> PeopleOf(string file) => PeopleFile.Read(file);

    /// <summary>Types a line and sends it: a command when it begins with a slash, else a message.</summary>
    /// <param name="threadTs">The thread it answers in; null for the channel.</param>
    /// <returns>The message it became; null for a command.</returns>
    /// <exception cref="ArgumentException">There is no such person, or no such channel that this person is
    /// in.</exception>
    public Task<Message?> SayAsync(
        string person,
        string channel,
        string text,
        string? threadTs,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var who = Person(person);
        var where =
            Members.ChannelsOf(person).FirstOrDefault(c => c.Id == channel)
            ?? throw new ArgumentException($"{person} is in no channel {channel}.", nameof(channel));
        return typing.SayAsync(who, where, text.Trim(), threadTs, cancellationToken);
    }

    /// <inheritdoc cref="Pressing.PressAsync"/>
    public Task PressAsync(
        string person,
        Place place,
        string blockId,
        string actionId,
        JsonElement? choice,
        JsonElement? values,
        CancellationToken cancellationToken
    ) => pressing.PressAsync(Person(person), place, blockId, actionId, choice, values, cancellationToken);

    /// <inheritdoc cref="Submitting.SubmitAsync"/>
    /// <exception cref="ArgumentException">The person sees no such modal.</exception>
    public Task SubmitAsync(string person, string viewId, JsonElement values, CancellationToken cancellationToken) =>
        submitting.SubmitAsync(Person(person), Modal(person, viewId), values, cancellationToken);

    /// <inheritdoc cref="Submitting.CloseAsync"/>
    /// <exception cref="ArgumentException">The person sees no such modal.</exception>
    public Task CloseAsync(string person, string viewId, CancellationToken cancellationToken) =>
        submitting.CloseAsync(Person(person), Modal(person, viewId), cancellationToken);

    /// <summary>Gives a reaction, or takes it back when this person has given it.</summary>
    /// <param name="name">Without colons.</param>
    /// <exception cref="ArgumentException">There is no such message.</exception>
    public void React(string person, string channel, string ts, string name)
    {
        var message =
            Board.Find(channel, ts)
            ?? throw new ArgumentException($"There is no message {ts} in {channel}.", nameof(ts));
        var give = !message.Reactions.Any(r => r.Name == name && r.Users.Contains(person));
        Board.React(channel, ts, Person(person).Id, name, give);
        App.Tell(
            SlackWire.Object(
                new
                {
                    Type = give ? "reaction_added" : "reaction_removed",
                    User = person,
                    Reaction = name,
                    ItemUser = message.User,
                    Item = new
                    {
                        Type = "message",
                        Channel = channel,
                        Ts = ts,
                    },
                    EventTs = Mint.Ts(),
                }
            )
        );
    }

    /// <summary>Takes one of the app's shortcuts from a message's menu.</summary>
    /// <exception cref="ArgumentException">There is no such message, or no such shortcut.</exception>
    public Task ShortcutAsync(
        string person,
        string channel,
        string ts,
        string callbackId,
        CancellationToken cancellationToken
    )
    {
        var message =
            Board.Find(channel, ts)
            ?? throw new ArgumentException($"There is no message {ts} in {channel}.", nameof(ts));
        return Shortcuts.Any(s => s.CallbackId == callbackId)
            ? shortcutting.TakeAsync(Person(person), message, callbackId, cancellationToken)
            : throw new ArgumentException($"The app has no shortcut {callbackId}.", nameof(callbackId));
    }

    /// <summary>Opens the app's Home, which tells the app.</summary>
    public void OpenHome(string person) =>
        App.Tell(
            SlackWire.Object(
                new
                {
                    Type = "app_home_opened",
                    User = Person(person).Id,
                    Channel = Person(person).DirectChannel,
                    Tab = "home",
                    EventTs = Mint.Ts(),
                    View = Screens.HomeOf(person) is { } home ? MessageJson.Of(home) : null,
                }
            )
        );

    /// <summary>Posts, and tells the app where it is a member.</summary>
    internal Message Post(Message draft)
    {
        var message = Board.Post(draft);
        if (Members.Channel(message.Channel) is { } channel && channel.Members.Contains(Team.BotUser))
        {
            Tell(message, channel, "message");
            if (!channel.IsDirect && message.Text.Contains($"<@{Team.BotUser}>", StringComparison.Ordinal))
            {
                Tell(message, channel, "app_mention");
            }
        }

        return message;
    }

    private void Tell(Message message, Channel channel, string type)
    {
        var happened = Json.Of(message);
        happened["type"] = type;
        happened["channel"] = channel.Id;
        happened["channel_type"] = channel.IsDirect ? "im" : "channel";
        happened["event_ts"] = message.Ts;
        App.Tell(happened);
    }

    private Person Person(string id) => Members.Person(id) ?? throw new ArgumentException($"There is nobody {id}.");

    private ShownView Modal(string person, string id) =>
        Screens.ModalsOf(person).FirstOrDefault(v => v.Id == id)
        ?? throw new ArgumentException($"{person} sees no modal {id}.");
}
