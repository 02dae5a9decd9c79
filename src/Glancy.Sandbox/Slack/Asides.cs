namespace Glancy.Sandbox.Slack;

/// <summary>What only one person sees.</summary>
public sealed class Asides
{
    private readonly Changes changes;
    private readonly Mint mint;
    private readonly Func<DateTimeOffset> now;
    private readonly List<Ephemeral> all = [];

    internal Asides(Changes changes, Mint mint, Func<DateTimeOffset> now)
    {
        this.changes = changes;
        this.mint = mint;
        this.now = now;
    }

    /// <summary>A person's, the oldest first.</summary>
    public IReadOnlyList<Ephemeral> Of(string person) => changes.Look(() => all.Where(e => e.For == person).ToList());

    public Ephemeral? Find(string id) => changes.Look(() => all.FirstOrDefault(e => e.Id == id));

    /// <summary>The person no longer wants to see it.</summary>
    public bool Dismiss(string id) => changes.Make(() => all.RemoveAll(e => e.Id == id) > 0);

    /// <summary>Adds one; its name and time are given here.</summary>
    internal Ephemeral Show(Ephemeral draft) =>
        changes.Make(() =>
        {
            var shown = draft with { Id = mint.Ts(), At = now() };
            all.Add(shown);
            return shown;
        });

    /// <summary>Changes one where it is. Null when it is not there.</summary>
    internal Ephemeral? Replace(string id, Func<Ephemeral, Ephemeral> change) =>
        changes.Make(() =>
        {
            var at = all.FindIndex(e => e.Id == id);
            return at < 0 ? null : all[at] = change(all[at]);
        });

    /// <summary>Slack itself says something to somebody.</summary>
    internal Ephemeral Slackbot(string channel, string person, string text) =>
        Show(new Ephemeral("", channel, person, Team.Slackbot, text));
}
