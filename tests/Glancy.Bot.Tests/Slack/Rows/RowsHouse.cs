using System.Globalization;
using System.Text.Json;
using Glancy.Bot.Slack.Charts;
using Glancy.Bot.Slack.Inbox;
using Glancy.Bot.Slack.Outbox;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Npgsql;

namespace Glancy.Bot.Tests.Slack.Rows;

/// <summary>A bot's database, and what the Slack door reads and writes in it; no Slack and no replica.</summary>
public sealed class RowsHouse : IAsyncLifetime
{
    private readonly string folder = PrivateFolder.CreateTemporary("glancy-rows");
    private PostgresServer? server;
    private WorldDatabases? migrated;
    private NpgsqlDataSource? source;
    private NpgsqlDataSource? owner;
    private int taken;

    public static TimeSpan Lease => TimeSpan.FromMinutes(1);

    /// <summary>The runtime role's connection.</summary>
    public string Connection { get; private set; } = "";

    internal SlackCharts Charts => new(Database);

    public BotDatabase Database => new(source ?? throw new InvalidOperationException("no database"));

    public NoticeBoard Board => new(Database, TimeProvider.System);

    internal SlackPosts Posts => new(Database, Board, new SlackCharts(Database));

    internal SlackJournal Journal => new(Database);

    /// <summary>Writes down what arrived together.</summary>
    internal IReadOnlyList<SlackJournalled> Add(params IReadOnlyList<SlackArrival> arrivals)
    {
        using var connection = Database.Hold();
        return SlackJournal.Add(connection, arrivals);
    }

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.StartAsync(
            new PostgresOptions(Path.Combine(folder, "postgres")),
            CancellationToken.None
        );
        migrated = await server.CreateWorldDatabasesAsync("migrated", CancellationToken.None);
        await Schema.MigrateAsync(migrated.BotMigrator + ";Pooling=false", CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>An empty database of the test's own.</summary>
    public async Task AnewAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        var pair = await (server ?? throw new InvalidOperationException("no server")).CreateWorldDatabasesAsync(
            $"t{++taken}",
            migrated,
            cancellationToken
        );
        Connection = pair.BotRuntime;
        source = NpgsqlDataSource.Create(pair.BotRuntime);
        owner = NpgsqlDataSource.Create(pair.BotMigrator);
    }

    public async Task<string> SqlAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = (owner ?? throw new InvalidOperationException("no database")).CreateCommand(sql);
        command.CommandTimeout = 120;
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
            ?? "";
    }

    /// <summary>A run in a state; its number.</summary>
    public Task<string> RunAsync(string state, CancellationToken cancellationToken) =>
        SqlAsync(
            $$"""
            insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash, keys, state, requested_by,
              reason, created_at, expires_at, finished_at, context, pause)
            values ('{}', 'v', '{}', '{}', 'h', '{}', '{{state}}', 'bot', 'r', now(), now(), {{(
                state is "Succeeded" or "Superseded" or "Expired" or "Aborted" ? "now()" : "null"
            )}}, '{}', {{(state == "Paused" ? "'Failed'" : "null")}}) returning id
            """,
            cancellationToken
        );

    /// <summary>An incident; its id.</summary>
    public Task<string> IncidentAsync(int number, int severity, CancellationToken cancellationToken) =>
        SqlAsync(
            $"insert into glancy.incident (id, day, number, severity, title, opened_at, opened_by) values "
                + $"('INC-{number}', current_date, {number}, {severity}, 't', now(), 'lin') returning id",
            cancellationToken
        );

    public Task PutAsync(
        string key,
        string kind,
        string template,
        string? run,
        string? incident,
        CancellationToken cancellationToken
    ) =>
        SqlAsync(
            $$"""
            insert into glancy.notice (key, kind, at, template, arguments, run_id)
            values ('{{key}}', '{{kind}}', now(), '{{template}}', '{{(
                incident is null ? "{}" : $$"""{"incident":"{{incident}}"}"""
            )}}', {{run ?? "null"}})
            on conflict (key) do update set revision = glancy.notice.revision + 1 returning id
            """,
            cancellationToken
        );

    /// <summary>The next notice that a turn takes; its key, null for none.</summary>
    internal async Task<SlackPost?> NextAsync(CancellationToken cancellationToken, bool fair = false) =>
        await Posts.TakeAsync("a", Lease, fair, cancellationToken);

    /// <summary>How many rows the database looks at for a statement, which is undone.</summary>
    public async Task<double> RowsLookedAtAsync(
        string sql,
        (string Name, object Value)[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await (
            owner ?? throw new InvalidOperationException("no database")
        ).OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "explain (analyze, timing off, format json) " + sql,
            connection,
            transaction
        );
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var plan = JsonDocument.Parse((string?)await command.ExecuteScalarAsync(cancellationToken) ?? "[]");
        return Rows(plan.RootElement[0].GetProperty("Plan"));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        PrivateFolder.Delete(folder);
    }

    private static double Rows(JsonElement node)
    {
        var loops = Number(node, "Actual Loops");
        var own =
            loops
            * (
                Number(node, "Actual Rows")
                + Number(node, "Rows Removed by Filter")
                + Number(node, "Rows Removed by Join Filter")
            );
        return own + (node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().Sum(Rows) : 0);
    }

    private static double Number(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private async Task CloseAsync()
    {
        foreach (var open in new[] { source, owner }.OfType<NpgsqlDataSource>())
        {
            await open.DisposeAsync();
        }
    }
}
