using System.Collections.Concurrent;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests;
using Glancy.Sandbox.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Glancy.Ops.Tests;

/// <summary>
/// One private PostgreSQL for the whole test run; each test takes a pair of databases of its own, copied from a
/// migrated one. A pair goes when the next test of its collection takes one: hundreds left until the end are gigabytes,
/// and minutes of removing them.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(
        Path.GetTempPath(),
        $"glancy-tests-{Environment.ProcessId}-{Guid.NewGuid():N}"
    );
    private readonly ConcurrentDictionary<string, List<(string Test, WorldDatabases Pair)>> held = [];
    private PostgresServer? server;
    private WorldDatabases? migrated;
    private int taken;

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.StartAsync(new PostgresOptions(folder), TestContext.Current.CancellationToken);
        migrated = await server.CreateWorldDatabasesAsync("migrated", TestContext.Current.CancellationToken);
        await Schema.MigrateAsync(migrated.BotMigrator + ";Pooling=false", TestContext.Current.CancellationToken);
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<WorldDatabases> TakeAsync(CancellationToken cancellationToken)
    {
        var running = server ?? throw new InvalidOperationException("PostgreSQL was not started.");
        var (collection, test) = (TestContext.Current.TestCollection?.UniqueID, TestContext.Current.Test?.UniqueID);
        if (collection is null || test is null)
        {
            return await MakeAsync(running, cancellationToken);
        }

        // The tests of a collection run one after the other, so a list has one user.
        var own = held.GetOrAdd(collection, _ => []);
        foreach (var (_, pair) in own.Where(h => h.Test != test))
        {
            await running.DropWorldDatabasesAsync(pair, cancellationToken);
        }

        own.RemoveAll(h => h.Test != test);
        var made = await MakeAsync(running, cancellationToken);
        own.Add((test, made));
        return made;
    }

    private Task<WorldDatabases> MakeAsync(PostgresServer running, CancellationToken cancellationToken) =>
        running.CreateWorldDatabasesAsync($"t{Interlocked.Increment(ref taken)}", migrated, cancellationToken);
}
