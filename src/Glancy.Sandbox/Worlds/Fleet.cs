using System.Collections.Concurrent;

namespace Glancy.Sandbox.Worlds;

/// <summary>The bots of a world.</summary>
/// <param name="settings">What the world tells a replica through its environment.</param>
internal sealed class Fleet(
    WorldOptions options,
    WorldFolder folder,
    string root,
    WorldClock clock,
    Func<ReplicaPlace, Dictionary<string, string>> settings
) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, BotReplica> replicas = new();
    private readonly Lazy<IReadOnlyList<string>> command = new(() => BotCommand.Of(BotCommand.Find(options.BotDll)));

    public IReadOnlyList<BotReplica> All => [.. replicas.Values.OrderBy(r => r.Place.Id, StringComparer.Ordinal)];

    /// <summary>How a replica is started.</summary>
    /// <exception cref="FileNotFoundException">The bot is not built.</exception>
    public IReadOnlyList<string> Command => command.Value;

    /// <exception cref="ArgumentException">There is no such replica.</exception>
    public BotReplica this[string id] =>
        replicas.GetValueOrDefault(id)
        ?? throw new ArgumentException(
            $"There is no replica '{id}'. There are: {string.Join(", ", replicas.Keys.Order())}."
        );

    public async Task<BotReplica> StartAsync(
        string id,
        IReadOnlyDictionary<string, string>? environment,
        CancellationToken cancellationToken
    )
    {
        if (id.Length is 0 or > 12 || !id.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A replica's name is 1 to 12 letters or digits.");
        }

        if (replicas.TryGetValue(id, out var old))
        {
            if (old.IsAlive)
            {
                throw new InvalidOperationException($"Replica {id} is alive already.");
            }

            // Out of the book first: if the new one does not come up, the old one must not be ended a second time.
            replicas.TryRemove(id, out _);
            await old.DisposeAsync();
        }

        var place = folder.Replica(id);
        var all = settings(place);
        foreach (
            var (name, value) in (options.Brief ? BotCommand.Brief : new Dictionary<string, string>())
                .Concat(options.BotEnvironment)
                .Concat(environment ?? new Dictionary<string, string>())
        )
        {
            all[name] = value;
        }

        return replicas[id] = await BotReplica.StartAsync(
            place,
            Command,
            root,
            all,
            () => clock.Setting,
            cancellationToken
        );
    }

    /// <summary>Ends all of them in order, and forgets them.</summary>
    public async Task StopAllAsync()
    {
        var ending = replicas.Values.ToList();
        replicas.Clear();
        await Task.WhenAll(ending.Select(r => r.DisposeAsync().AsTask()));
    }

    public async ValueTask DisposeAsync() => await StopAllAsync();
}
