using Glancy.Sandbox.Cli;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Worlds;
using Npgsql;
using StackExchange.Redis;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>Looks into a world's tables, queues and metrics as an operator would.</summary>
public abstract class ProductTests(WorldFixture fixture)
{
    // §5.3.3, with the reading of its date: the rows that an operator looks for.
    protected const string Mismatches = """
        select count(*) from (
          select q.user_id from quota_daily q
            left join quota_ledger l
              on (l.user_id, l.metric, l.quota_date_local) = (q.user_id, q.metric, q.quota_date_local)
           where q.deleted_at is null
           group by q.user_id, q.metric, q.quota_date_local, q.used_value
          having abs(q.used_value - coalesce(sum(l.delta), 0)) > 1) m
        """;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected World World => fixture.World;

    protected async Task<(int Exit, string Said)> RunAsync(params string[] words)
    {
        var said = new StringWriter();
        var exit = await SandboxCommand
            .Build(new SandboxWords(Chinese: false))
            .Parse([.. words, "--dir", World.Folder.Path])
            .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = said, Error = said }, Token);
        return (exit, said.ToString().TrimEnd());
    }

    protected async Task<double> MetricAsync(string name) =>
        await World.Prometheus.QueryAsync(name, World.Clock.Now, Token) ?? double.NaN;

    protected Task<long> LengthAsync(string queue) => RedisAsync(queues => queues.ListLengthAsync(queue));

    protected async Task<List<string>> ListAsync(string queue) =>
        [.. (await RedisAsync(queues => queues.ListRangeAsync(queue))).Select(v => v.ToString())];

    protected Task<string> CacheAsync(string key) =>
        RedisAsync(async cache => (await cache.StringGetAsync(key)).ToString(), database: 0);

    protected async Task<T> RedisAsync<T>(Func<IDatabase, Task<T>> ask, int database = ProductQueues.Database)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(World.Redis.Client());
        return await ask(connection.GetDatabase(database));
    }

    protected async Task<long> CountAsync(string sql) => (long)(await ScalarAsync(sql) ?? -1L);

    protected async Task<string> TextAsync(string sql) => (string)(await ScalarAsync(sql) ?? "");

    protected async Task<object?> ScalarAsync(string sql)
    {
        await using var product = NpgsqlDataSource.Create(World.Databases.ProductOps);
        await using var command = product.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }

    protected async Task DoAsync(string sql)
    {
        await using var product = NpgsqlDataSource.Create(World.Databases.ProductOwner);
        await using var command = product.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
