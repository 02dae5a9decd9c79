using DbUp;

namespace Glancy.Ops.Kernel.Database;

/// <summary>Brings the bot's database to this build's shape; run by the migrator's role, never by the bot's.</summary>
public static class Schema
{
    private const string Journal = "glancy_schema_version";

    /// <summary>
    /// Whether every script of this build has been applied; false too where that cannot be said. Changes nothing, and
    /// is a single question where <see cref="MigrateAsync"/> asks several.
    /// </summary>
    public static async Task<bool> IsCurrentAsync(string migratorConnection, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(migratorConnection);
            await using var command = source.CreateCommand(
                $"select count(distinct scriptname) from public.{Journal} where scriptname = any($1)"
            );
            string[] scripts = [.. typeof(Schema).Assembly.GetManifestResourceNames().Where(IsScript)];
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = scripts });
            return await command.ExecuteScalarAsync(cancellationToken) is long applied && applied == scripts.Length;
        }
        catch (Exception unknown) when (unknown is Npgsql.NpgsqlException or ArgumentException)
        {
            // Whoever migrates then says what is wrong.
            return false;
        }
    }

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
            .WithScriptsEmbeddedInAssembly(typeof(Schema).Assembly, IsScript)
            .JournalToPostgresqlTable("public", Journal)
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

    private static bool IsScript(string resource) => resource.Contains(".Migrations.", StringComparison.Ordinal);
}
