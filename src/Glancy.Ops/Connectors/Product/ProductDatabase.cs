using Dapper;
using Npgsql;

namespace Glancy.Ops.Connectors.Product;

/// <summary>What became of a keyed statement on the product's database.</summary>
public abstract record SqlOutcome
{
    private SqlOutcome() { }

    /// <summary>Committed now, or found committed under the same key (<paramref name="Replayed"/>).</summary>
    public sealed record Applied(int Rows, bool Replayed) : SqlOutcome;

    /// <summary>Rolled back: it would have touched more rows than the step allows.</summary>
    public sealed record OtherRows(int Rows) : SqlOutcome;

    /// <summary>The key was used before the step began; nothing was done now.</summary>
    public sealed record Older : SqlOutcome;

    /// <summary>Refused: another worker carries a higher epoch of this run.</summary>
    public sealed record StaleEpoch : SqlOutcome;

    /// <summary>The database said no; nothing was changed.</summary>
    public sealed record Failed(string SqlState, string Message) : SqlOutcome;

    /// <summary>The answer was lost; asking again with the same key tells.</summary>
    public sealed record Unreachable(string Message) : SqlOutcome;
}

/// <summary>A row of the product's <c>audit_events</c> (§8).</summary>
public sealed record ProductAuditRow
{
    /// <summary>Run, step and attempt; the same key is written once.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string? Before { get; init; }

    public required string? After { get; init; }

    public required string? Command { get; init; }

    public required string Run { get; init; }

    public required string? Incident { get; init; }
}

/// <summary>What the tools, and the bot, wrote of a change.</summary>
public sealed record ProductChange
{
    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public string Action { get; init; } = "";

    public string Target { get; init; } = "";

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Who wrote it: <c>glancy</c>, or the tool.</summary>
    public string Source { get; init; } = "";
}

/// <summary>A row of <c>release_batches</c> (§1.2, §8).</summary>
/// <param name="Weight">Share in per cent; null where nothing is known of it.</param>
public sealed record BatchRecord(
    DateTimeOffset At,
    string Batch,
    string Kind,
    decimal? Weight,
    string State,
    string? Run,
    string? Note
);

/// <summary>How many rows a statement may touch.</summary>
public readonly record struct RowBounds(int Fewest, int Most);

/// <summary>The product's own database: its release records, its audit, and statements run there as steps.</summary>
public sealed class ProductDatabase(NpgsqlDataSource source)
{
    // idle_in_transaction_session_timeout: the server has ended the session and rolled back.
    private const string StoodStill = "25P03";

    /// <summary>
    /// Runs a statement at most once for its key: a marker row goes into the same transaction, and so does the audit
    /// row (rule 1).
    /// </summary>
    /// <param name="fence">What epochs are compared within.</param>
    /// <param name="parameters">Text values; the statement casts them.</param>
    /// <param name="bounds">With fewer or more rows everything is taken back.</param>
    public async Task<SqlOutcome> ApplyAsync(
        string key,
        string run,
        string fence,
        long epoch,
        string statement,
        IReadOnlyDictionary<string, string> parameters,
        RowBounds bounds,
        ProductAuditRow audit,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(audit);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            Task<int> Execute(string sql, object? values) =>
                connection.ExecuteAsync(
                    new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
                );

            var fenced = await Execute(
                """
                insert into glancy_effect_fence (run, epoch) values (@fence, @epoch)
                on conflict (run) do update set epoch = excluded.epoch where glancy_effect_fence.epoch <= excluded.epoch
                """,
                new { fence, epoch }
            );
            var marked = await Execute(
                "insert into glancy_effect_marker (key, run, epoch, applied_at) values (@key, @run, @epoch, @at) on "
                    + "conflict (key) do nothing",
                new
                {
                    key,
                    run,
                    epoch,
                    at = audit.At.ToUniversalTime(),
                }
            );
            if (marked == 0)
            {
                // A marker from before the step began is another run's, of a database that was restored since.
                var older = await connection.ExecuteScalarAsync<bool>(
                    new CommandDefinition(
                        "select applied_at < @began from glancy_effect_marker where key = @key",
                        new { key, began = audit.At.AddSeconds(-1).ToUniversalTime() },
                        transaction,
                        cancellationToken: cancellationToken
                    )
                );
                return older ? new SqlOutcome.Older() : new SqlOutcome.Applied(0, Replayed: true);
            }

            if (fenced == 0)
            {
                return new SqlOutcome.StaleEpoch();
            }

            var values = new DynamicParameters();
            foreach (var (name, value) in parameters)
            {
                values.Add(name, value);
            }

            var rows = await Execute(statement, values);
            if (rows < bounds.Fewest || rows > bounds.Most)
            {
                return new SqlOutcome.OtherRows(rows);
            }

            await InsertAuditAsync(connection, transaction, audit, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new SqlOutcome.Applied(rows, Replayed: false);
        }
        catch (PostgresException refused)
            when (!refused.IsTransient
                && !refused.SqlState.StartsWith("57", StringComparison.Ordinal)
                && refused.SqlState != StoodStill
            )
        {
            return new SqlOutcome.Failed(refused.SqlState, refused.MessageText);
        }
        catch (Exception lost) when (IsOutage(lost))
        {
            return new SqlOutcome.Unreachable(lost.Message);
        }
    }

    /// <summary>Records a production change once per key. False when the database could not be reached.</summary>
    public async Task<bool> RecordAsync(ProductAuditRow audit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await InsertAuditAsync(connection, null, audit, cancellationToken);
            return true;
        }
        catch (Exception lost) when (IsOutage(lost))
        {
            return false;
        }
    }

    /// <summary>
    /// What was written of changes in a span, newest first; null when the database could not be reached.
    /// </summary>
    public Task<IReadOnlyList<ProductChange>?> ChangesAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            select at, coalesce(actor, '') as actor, coalesce(action, '') as action, coalesce(target, '') as target,
              "before", "after", coalesce(source, '') as source
              from audit_events where at >= @from and at <= @to and ("before" is distinct from "after"
                or action like '%restart') order by at desc, id desc limit 500
            """;
        return ReadAsync<ProductChange>(
            Sql,
            new { from = from.ToUniversalTime(), to = to.ToUniversalTime() },
            cancellationToken
        );
    }

    /// <summary>The newest rows of <c>release_batches</c>; null when the database could not be reached.</summary>
    public async Task<IReadOnlyList<BatchRecord>?> BatchesAsync(int limit, CancellationToken cancellationToken)
    {
        const string Sql = """
            select coalesce(confirmed_at, drafted_at, created_at) as at, batch, kind, weight, coalesce(state, '') as
              state, run, note
              from release_batches order by id desc limit @limit
            """;
        var rows = await ReadAsync<BatchRow>(Sql, new { limit }, cancellationToken);
        return rows?.Select(r => new BatchRecord(r.At, r.Batch, r.Kind, r.Weight, r.State, r.Run, r.Note)).ToList();
    }

    /// <summary>
    /// Rows of a reading statement; what goes wrong is thrown, for those who tell one trouble from another.
    /// </summary>
    public async Task<IReadOnlyList<T>> SelectAsync<T>(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return (
            await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))
        ).AsList();
    }

    private static bool IsOutage(Exception exception) =>
        exception is NpgsqlException or TimeoutException or System.IO.IOException or System.Net.Sockets.SocketException;

    private static Task<int> InsertAuditAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        ProductAuditRow audit,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into audit_events (event_key, at, actor, action, target, "before", "after", command, run,
                  incident, source)
                values (@Key, @At, @Actor, @Action, @Target, @Before, @After, @Command, @Run, @Incident, 'glancy')
                on conflict (event_key) do nothing
                """,
                audit with
                {
                    At = audit.At.ToUniversalTime(),
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private async Task<IReadOnlyList<T>?> ReadAsync<T>(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return (
                await connection.QueryAsync<T>(
                    new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
                )
            ).AsList();
        }
        catch (Exception lost) when (IsOutage(lost))
        {
            return null;
        }
    }

    private sealed record BatchRow
    {
        public DateTimeOffset At { get; init; }

        public string Batch { get; init; } = "";

        public string Kind { get; init; } = "";

        public decimal? Weight { get; init; }

        public string State { get; init; } = "";

        public string? Run { get; init; }

        public string? Note { get; init; }
    }
}
