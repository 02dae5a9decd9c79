using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Redis;
using StackExchange.Redis;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// Carries what the model leaves behind into the product's tables and queues as the world's clock gets there, and what
/// people did to them back into the model. Either may be away: its rows wait, and the world goes on.
/// </summary>
/// <param name="tools">Held while the model is asked or told, so that it is between two steps.</param>
internal sealed class ProductFeed(ProductionModel model, Lock tools, ProductTables tables, ProductQueues queues)
    : IAsyncDisposable
{
    private readonly Queue<StepRows> ahead = new();

    /// <inheritdoc cref="ProductTables.FollowAsync"/>
    public Task FollowAsync(string? productOwner) => tables.FollowAsync(productOwner);

    /// <summary>
    /// Writes the rows of every step up to <paramref name="to"/>. False when something was away; they are written with
    /// the next ones.
    /// </summary>
    public async Task<bool> WriteUpToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (tools)
        {
            foreach (var rows in model.TakeRows())
            {
                ahead.Enqueue(rows);
            }
        }

        var due = new List<StepRows>();
        while (ahead.TryPeek(out var next) && next.At <= to)
        {
            due.Add(ahead.Dequeue());
        }

        if (due.Count == 0)
        {
            return true;
        }

        var writing = tables.WriteAsync(due, cancellationToken);
        var queued = await queues.WriteAsync(due, cancellationToken);
        return await writing && queued && await RememberAsync();
    }

    /// <summary>Tells the model what people did to the exports by hand; to be called before it moves on.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        var again = await tables.TakeRequeuedAsync(cancellationToken);
        var drift = await queues.CompareAsync(cancellationToken);
        lock (tools)
        {
            model.Exports.Requeue(again, push: true, model.At);
            model.Exports.Requeue(drift.Pushed, push: false, model.At);
            model.Exports.Lose(drift.Gone);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        await queues.DisposeAsync();
    }

    // The gateway keeps the sums it has last seen, and shows them in its headers.
    private async Task<bool> RememberAsync()
    {
        if (tables.Sums.Count == 0)
        {
            return true;
        }

        try
        {
            await queues.Cache.StringSetAsync([
                .. tables.Sums.Select(s => new KeyValuePair<RedisKey, RedisValue>(
                    $"quota:{s.User}:{s.Metric}",
                    s.Used
                )),
            ]);
            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
