using DbUp;

namespace Glancy.Ops.Kernel.Database;

/// <summary>Brings the bot's database to this build's shape; run by the migrator's role, never by the bot's.</summary>
public static class Schema
{
    /// <summary>Applies what is missing, in order, each script in its own transaction; safe to call from several replicas at once.</summary>
    /// <exception cref="InvalidOperationException">A script failed; the database is as it was before that script.</exception>
    public static async Task MigrateAsync(string migratorConnection, CancellationToken cancellationToken)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(migratorConnection);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        // dbup does not guard against two migrators; a session lock does, and goes with the connection.
        await using (var take = new Npgsql.NpgsqlCommand("select pg_advisory_lock(724001)", connection))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        await ProvisionSchedulerAsync(connection, cancellationToken);
        var result = DeployChanges.To
            .PostgresqlDatabase(migratorConnection)
            .WithScriptsEmbeddedInAssembly(typeof(Schema).Assembly, name => name.Contains(".Migrations.", StringComparison.Ordinal))
            .JournalToPostgresqlTable("public", "glancy_schema_version")
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        }
    }

    // Quartz carries its own creating script, written for its provisioner: {0} is the table prefix, {1} the index prefix, a line --;; parts the statements,
    // and everything is "if not exists". The bot's role may not create tables, so the migrator runs it.
    private static async Task ProvisionSchedulerAsync(Npgsql.NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";
        await using var stream = typeof(Quartz.IScheduler).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Quartz no longer carries {Resource}.");
        using var reader = new StreamReader(stream);
        var script = (await reader.ReadToEndAsync(cancellationToken))
            .Replace("{0}", "scheduler.qrtz_", StringComparison.Ordinal)
            .Replace("{1}", "qrtz_", StringComparison.Ordinal);
        var statements = new List<string> { "create schema if not exists scheduler" };
        statements.AddRange(script.ReplaceLineEndings("\n").Split("\n--;;\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        statements.Add("grant usage on schema scheduler to glancy_bot");
        statements.Add("grant select, insert, update, delete on all tables in schema scheduler to glancy_bot");
        foreach (var statement in statements.Where(s => s.Length > 0))
        {
            await using var command = new Npgsql.NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
