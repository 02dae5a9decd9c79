using Glancy.Ops.Database;
using Glancy.Ops.Tests;
using Glancy.Sandbox.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Glancy.Ops.Tests;

/// <summary>One private PostgreSQL for the whole test run; each test takes a pair of databases of its own, copied from a migrated one.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"glancy-tests-{Environment.ProcessId}-{Guid.NewGuid():N}");
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

    public Task<WorldDatabases> TakeAsync(CancellationToken cancellationToken) =>
        (server ?? throw new InvalidOperationException("PostgreSQL was not started."))
        .CreateWorldDatabasesAsync($"t{Interlocked.Increment(ref taken)}", migrated, cancellationToken);
}
