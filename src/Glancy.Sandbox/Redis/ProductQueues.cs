using Glancy.Sandbox.Production;
using StackExchange.Redis;

namespace Glancy.Sandbox.Redis;

/// <summary>What a person or a bot did to the queue of exports with their own hands.</summary>
/// <param name="Pushed">Jobs that are in it and that the model has not put there.</param>
/// <param name="Gone">Jobs that the model has put there and that are not in it any more.</param>
internal sealed record QueueDrift(IReadOnlyList<string> Pushed, IReadOnlySet<string> Gone);

/// <summary>
/// The product's queues in Redis (§2.3, §5.3.1): <c>exports:pending</c>, <c>exports:dead</c> and
/// <c>subscription.updated</c> in database 5; new entries come in at the left, workers take from the right. What cannot
/// be written waits.
/// </summary>
internal sealed class ProductQueues : IAsyncDisposable
{
    public const int Database = 5;
    public const string Pending = "exports:pending";
    public const string Dead = "exports:dead";
    public const string Subscriptions = "subscription.updated";

    private static readonly QueueDrift Nothing = new([], new HashSet<string>());

    private readonly ConnectionMultiplexer connection;
    private readonly List<StepRows> waiting = [];
    private readonly HashSet<string> mirror = new(StringComparer.Ordinal);
    private bool doubtful;

    private ProductQueues(ConnectionMultiplexer connection) => this.connection = connection;

    /// <summary>The gateway's memory of quotas: <c>quota:user:metric</c> in database 0 (§5.3.3).</summary>
    public IDatabase Cache => connection.GetDatabase(0);

    public static async Task<ProductQueues> ConnectAsync(RedisServer server)
    {
        return new ProductQueues(await ConnectionMultiplexer.ConnectAsync(server.Client()));
    }

    /// <summary>Writes what is due, everything in one transaction. False when Redis is away.</summary>
    public async Task<bool> WriteAsync(IReadOnlyList<StepRows> due, CancellationToken cancellationToken)
    {
        waiting.AddRange(due);
        try
        {
            await SendAsync().WaitAsync(cancellationToken);
            waiting.Clear();
            doubtful = false;
            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // The answer may be lost and the writing done: the next one makes sure that nothing is there twice.
            doubtful = true;
            return false;
        }
    }

    /// <summary>What others did to the exports' queue since the last call; nothing while that cannot be told.</summary>
    public async Task<QueueDrift> CompareAsync(CancellationToken cancellationToken)
    {
        try
        {
            return doubtful ? Nothing : await CompareAsync().WaitAsync(cancellationToken);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return Nothing;
        }
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task SendAsync()
    {
        var queues = connection.GetDatabase(Database);
        var transaction = queues.CreateTransaction();
        var sent = new List<Task>();
        Move(Pending, r => r.ExportQueue);
        Move(Dead, r => r.DeadExports);
        Move(Subscriptions, r => r.SubscriptionQueue);
        if (sent.Count > 0 && !await transaction.ExecuteAsync())
        {
            throw new RedisException("The transaction was not taken.");
        }

        foreach (var moves in waiting.Select(r => r.ExportQueue))
        {
            mirror.UnionWith(moves.Added);
            mirror.ExceptWith(moves.Taken);
        }

        void Move(string key, Func<StepRows, QueueMoves> of)
        {
            var (added, taken) = Merge(waiting.Select(of));
            foreach (var id in doubtful ? taken.Concat(added) : taken)
            {
                sent.Add(transaction.ListRemoveAsync(key, id, -1));
            }

            if (added.Count > 0)
            {
                sent.Add(transaction.ListLeftPushAsync(key, [.. added.Select(id => (RedisValue)id)]));
            }
        }
    }

    // Who came and went within the same steps never was there.
    private static (List<string> Added, List<string> Taken) Merge(IEnumerable<QueueMoves> steps)
    {
        var added = new LinkedList<string>();
        var place = new Dictionary<string, LinkedListNode<string>>(StringComparer.Ordinal);
        var taken = new List<string>();
        foreach (var moves in steps)
        {
            foreach (var id in moves.Added)
            {
                place[id] = added.AddLast(id);
            }

            foreach (var id in moves.Taken)
            {
                if (place.Remove(id, out var node))
                {
                    added.Remove(node);
                }
                else
                {
                    taken.Add(id);
                }
            }
        }

        return ([.. added], taken);
    }

    private async Task<QueueDrift> CompareAsync()
    {
        var queues = connection.GetDatabase(Database);

        // Ids and not lengths: what somebody pushed twice would hide what somebody else took away.
        var there = (await queues.ListRangeAsync(Pending)).Select(v => v.ToString()).ToList();
        var pushed = there.Where(id => !mirror.Contains(id)).Distinct().ToList();
        var gone = mirror.Except(there).ToHashSet(StringComparer.Ordinal);
        mirror.UnionWith(pushed);
        mirror.ExceptWith(gone);
        return new QueueDrift(pushed, gone);
    }
}
