using DbUp;

namespace Glancy.Ops.Kernel.Database;

/// <summary>Brings the bot's database to this build's shape; run by the migrator's role, never by the bot's.</summary>
public static class Schema
{
    /// <summary>
    /// Applies what is missing, in order, each script in its own transaction; safe to call from several replicas at
    /// once.
    /// </summary>
    /// <exception cref="InvalidOperationException">A script failed; the database is as it was before that
    /// script.</exception>
    public static async Task MigrateAsync(string migratorConnection, CancellationToken cancellationToken)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(migratorConnection);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        // dbup does not guard against two migrators; a session lock does, and goes with the connection.
        await using (var take = new Npgsql.NpgsqlCommand("select pg_advisory_lock(724001)", connection))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var result = DeployChanges
            .To.PostgresqlDatabase(migratorConnection)
            .WithScriptsEmbeddedInAssembly(
                typeof(Schema).Assembly,
                name => name.Contains(".Migrations.", StringComparison.Ordinal)
            )
            .JournalToPostgresqlTable("public", "glancy_schema_version")
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException(
                $"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}",
                result.Error
            );
        }
    }
}
