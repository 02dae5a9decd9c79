using System.Text.Json;
using Glancy.Sandbox.Production;
using Npgsql;
using NpgsqlTypes;

namespace Glancy.Sandbox.Postgres;

/// <summary>
/// Writes the model's rows to the product's tables, a batch at a time in one transaction; while the database is away
/// they wait. A job's or a subscription's row is its newest state, so that it does not matter how many steps a batch
/// holds.
/// </summary>
internal sealed class ProductTables(string connection) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly List<StepRows> waiting = [];
    private NpgsqlDataSource? database = Open(connection);

    /// <summary>The users' sums as the last batch left them: user, metric, used.</summary>
    public IReadOnlyList<(string User, string Metric, long Used)> Sums { get; private set; } = [];

    /// <summary>
    /// From now on rows go to another product database; null lets go of the present one, and they wait.
    /// </summary>
    public async Task FollowAsync(string? other)
    {
        var old = Interlocked.Exchange(ref database, other is null ? null : Open(other));
        if (old is not null)
        {
            await old.DisposeAsync();
        }
    }

    /// <summary>Writes what is due. False when the database is away.</summary>
    public async Task<bool> WriteAsync(IReadOnlyList<StepRows> due, CancellationToken cancellationToken)
    {
        waiting.AddRange(due);
        return await TryAsync(
            async source =>
            {
                await SendAsync(source, cancellationToken);
                waiting.Clear();
                return true;
            },
            false
        );
    }

    /// <summary>
    /// Takes the jobs that somebody set back to pending since the last call; none while the database is away.
    /// </summary>
    public Task<IReadOnlyList<string>> TakeRequeuedAsync(CancellationToken cancellationToken) =>
        TryAsync<IReadOnlyList<string>>(
            async source =>
            {
                await using var command = source.CreateCommand(ProductSql.TakeRequeued);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var jobs = new List<string>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    jobs.Add(reader.GetString(0));
                }

                return jobs;
            },
            []
        );

    public async ValueTask DisposeAsync() => await FollowAsync(null);

    private async Task<T> TryAsync<T>(Func<NpgsqlDataSource, Task<T>> act, T otherwise)
    {
        try
        {
            return database is { } source ? await act(source) : otherwise;
        }
        catch (Exception away) when (away is NpgsqlException or ObjectDisposedException or TimeoutException)
        {
            return otherwise;
        }
    }

    private async Task SendAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        Add(ProductSql.ExportJobs, Newest(waiting.SelectMany(r => r.ExportJobs), j => j.JobId));
        Add(ProductSql.Subscriptions, Newest(waiting.SelectMany(r => r.Subscriptions), s => s.SubscriptionId));
        Add(ProductSql.QuotaLedger, waiting.SelectMany(r => r.QuotaLedger));
        Add(ProductSql.Backups, waiting.SelectMany(r => r.Backups));
        Add(ProductSql.ErrorBudget, waiting.SelectMany(r => r.ErrorBudget));
        Add(ProductSql.BudgetEvents, waiting.SelectMany(r => r.BudgetEvents));
        Add(ProductSql.Capacity, waiting.SelectMany(r => r.Capacity));
        if (waiting.Any(r => r.At.Minute == 0))
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(ProductSql.Prune)
                {
                    Parameters = { new() { Value = waiting[^1].At.UtcDateTime } },
                }
            );
        }

        // The only one that answers with rows.
        batch.BatchCommands.Add(
            Command(
                ProductSql.QuotaDaily,
                waiting
                    .SelectMany(r => r.QuotaDaily)
                    .GroupBy(u => (u.UserId, u.Metric, u.QuotaDateLocal))
                    .Select(g => new
                    {
                        g.Key.UserId,
                        g.Key.Metric,
                        g.Key.QuotaDateLocal,
                        Used = g.Sum(u => u.Delta),
                    })
            )
        );

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var sums = new List<(string, string, long)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sums.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        Sums = sums;

        void Add<T>(string sql, IEnumerable<T> rows)
        {
            var all = rows.ToList();
            if (all.Count > 0)
            {
                batch.BatchCommands.Add(Command(sql, all));
            }
        }
    }

    private static NpgsqlBatchCommand Command<T>(string sql, IEnumerable<T> rows) =>
        new(sql)
        {
            Parameters =
            {
                new NpgsqlParameter
                {
                    Value = JsonSerializer.Serialize(rows, Snake),
                    NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
            },
        };

    private static Dictionary<string, T>.ValueCollection Newest<T>(IEnumerable<T> rows, Func<T, string> key)
    {
        var newest = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            newest[key(row)] = row;
        }

        return newest.Values;
    }

    // Few connections: copies of a database can be made only while nobody is connected to it.
    private static NpgsqlDataSource Open(string connection) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection)
            {
                MaxPoolSize = 2,
                Timeout = 3,
                CommandTimeout = 10,
                ApplicationName = "glancy-product",
            }
        );
}
