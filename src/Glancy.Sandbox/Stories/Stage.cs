using System.Diagnostics;
using System.Text.Json;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Stories.Venues;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// Where a story is played: the world, the people, where they talk to the bot, and what is written down.
/// </summary>
internal sealed class Stage(
    World world,
    long seed,
    Cast cast,
    IVenue venue,
    Transcript transcript,
    ProductRecords records
)
{
    public World World => world;

    public long Seed => seed;

    public Cast Cast => cast;

    public Transcript Transcript => transcript;

    /// <summary>A replica kills itself at the transition that is written here.</summary>
    public string KillFile => KillFileIn(world.Folder.Path);

    /// <summary>The product's own tables.</summary>
    public ProductRecords Records => records;

    /// <summary>The switches as the story found them.</summary>
    public string SwitchesBefore { get; } = Read(world);

    /// <summary>When a person first saw the red light, in the world's and in real time.</summary>
    public Moment? Red { get; set; }

    /// <summary>When a person saw the rollback verified.</summary>
    public Moment? Verified { get; set; }

    /// <summary>Where <see cref="KillFile"/> is in a world's folder.</summary>
    public static string KillFileIn(string folder) => Path.Combine(folder, "kill");

    /// <summary>Every switch of production with its value.</summary>
    public string Switches() => Read(world);

    public Moment Now => new(world.Clock.Now, Stopwatch.GetTimestamp());

    /// <inheritdoc cref="IVenue.SayAsync"/>
    public Task<Answered> SayAsync(Player person, CancellationToken cancellationToken, params string[] words) =>
        venue.SayAsync(person, words, beside: false, cancellationToken);

    /// <inheritdoc cref="IVenue.SayAsync"/>
    public Task<Answered> SayBesideAsync(Player person, CancellationToken cancellationToken, params string[] words) =>
        venue.SayAsync(person, words, beside: true, cancellationToken);

    /// <summary>What the bot says as data, for the story to judge by; of the answer only its length is shown.</summary>
    /// <exception cref="StoryCutException">No replica answers.</exception>
    public async Task<JsonElement> DataAsync(Player person, CancellationToken cancellationToken, params string[] words)
    {
        transcript.Typed(person.Id, [.. words, "--json"]);
        foreach (
            var replica in person
                .Replicas.Select(id => world.Replicas.FirstOrDefault(r => r.Place.Id == id && r.IsAlive))
                .OfType<BotReplica>()
        )
        {
            if (await replica.DataAsync(person.Id, person.Language, words, cancellationToken) is { } data)
            {
                transcript.Answered($"(data, {data.GetRawText().Length} characters)");
                return data;
            }
        }

        throw new StoryCutException($"Nobody answers: {string.Join(' ', words)}");
    }

    /// <inheritdoc cref="IVenue.EndAsync"/>
    public Task EndAsync(CancellationToken cancellationToken) => venue.EndAsync(this, cancellationToken);

    /// <summary>Lets the world's time pass, quickly; the bots do what is due.</summary>
    /// <exception cref="StoryCutException">No bot is alive.</exception>
    public async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!await world.AdvanceAsync(time, cancellationToken))
        {
            transcript.Need(false, "a bot lives through the time that passes");
        }
    }

    /// <summary>Lets hours pass in leaps; after each the bots do what became due in it.</summary>
    /// <exception cref="StoryCutException">No bot is alive.</exception>
    public async Task UntilAsync(DateTimeOffset at, TimeSpan leap, CancellationToken cancellationToken)
    {
        while (at - world.Clock.Now is var left && left > TimeSpan.Zero)
        {
            await world.JumpAsync(left < leap ? left : leap, cancellationToken);
            if (!await world.SettleAsync(cancellationToken))
            {
                transcript.Need(false, "a bot lives through the time that passes");
            }
        }
    }

    /// <summary>
    /// What the bot has put up in the channel under a key, or under keys that begin with it where it ends with a colon;
    /// the oldest first.
    /// </summary>
    public IReadOnlyList<Message> Posted(string key)
    {
        return
        [
            .. Posts
                .In(world.Slack.Workspace)
                .Where(m =>
                    key.EndsWith(':') ? Posts.KeyOf(m).StartsWith(key, StringComparison.Ordinal) : Posts.KeyOf(m) == key
                ),
        ];
    }

    /// <summary>Waits until a message is as it should be, and claims it.</summary>
    /// <returns>The newest under the key.</returns>
    /// <exception cref="StoryCutException">There is none at all.</exception>
    public async Task<Message> SeesAsync(
        string key,
        Func<IReadOnlyList<Message>, bool> holds,
        string claim,
        CancellationToken cancellationToken
    )
    {
        var seen = await BecomesAsync(() => Task.FromResult(holds(Posted(key))), cancellationToken);
        var there = Posted(key);
        transcript.Claim(seen, claim, string.Join(" | ", there.Select(m => $"{Posts.KeyOf(m)}: {Posts.Said(m)}")));
        return there.Count > 0 ? there[^1] : throw new StoryCutException($"there is no message {key}");
    }

    /// <inheritdoc cref="Patience.UntilAsync(Func{Task{bool}}, CancellationToken)"/>
    public static Task<bool> BecomesAsync(Func<Task<bool>> condition, CancellationToken cancellationToken) =>
        Patience.UntilAsync(condition, cancellationToken);

    private static string Read(World world) =>
        world.Look(m => string.Join(", ", m.Flags.Matching("*").Select(f => $"{f.Key}={f.Value}")));

    public sealed record Moment(DateTimeOffset World, long Real);
}
