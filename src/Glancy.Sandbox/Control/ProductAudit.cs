using System.Threading.Channels;
using Npgsql;

namespace Glancy.Sandbox.Control;

/// <summary>A row that the production's own tools write to <c>audit_events</c>.</summary>
/// <param name="Source">The tool.</param>
internal sealed record ProductEvent(
    DateTimeOffset At,
    string Actor,
    string Action,
    string Target,
    string? Before,
    string? After,
    string Command,
    string Source
);

/// <summary>
/// Writes the tools' audit rows in order; while the database is away they wait, as a real tool's log shipper would.
/// </summary>
internal sealed partial class ProductAudit : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(ProductEvent Row, NpgsqlDataSource Database, TaskCompletionSource Written)> queue =
        Channel.CreateUnbounded<(ProductEvent, NpgsqlDataSource, TaskCompletionSource)>();
    private readonly CancellationTokenSource stopping = new();
    private readonly ILogger<ProductAudit> log;
    private readonly Task worker;
    private NpgsqlDataSource database;

    public ProductAudit(string connection, ILogger<ProductAudit> log)
    {
        this.log = log;
        Connection = connection;
        database = NpgsqlDataSource.Create(connection);
        worker = Task.Run(WorkAsync);
    }

    /// <summary>The product database that is followed now.</summary>
    public string Connection { get; private set; }

    /// <summary>
    /// From now on rows go to another product database; what still waits for the old one is given up.
    /// </summary>
    public async Task FollowAsync(string connection)
    {
        Connection = connection;
        var old = Interlocked.Exchange(ref database, NpgsqlDataSource.Create(connection));
        await old.DisposeAsync();
    }

    /// <summary>Returns when the row is in, or after two seconds when the database does not take it now.</summary>
    public async Task WriteAsync(ProductEvent row, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync((row, database, written), cancellationToken);
        await Task.WhenAny(written.Task, Task.Delay(Patience, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await worker;
        await database.DisposeAsync();
        stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var (row, target, written) in queue.Reader.ReadAllAsync(stopping.Token))
            {
                while (!await TryInsertAsync(target, row))
                {
                    await Task.Delay(Retry, stopping.Token);
                }

                written.SetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The world is going away; so is its database.
        }
    }

    private async Task<bool> TryInsertAsync(NpgsqlDataSource target, ProductEvent row)
    {
        try
        {
            await using var command = target.CreateCommand(
                """
                insert into audit_events (at, actor, action, target, "before", "after", command, source)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """
            );
            foreach (
                var value in (object?[])
                    [
                        row.At.ToUniversalTime(),
                        row.Actor,
                        row.Action,
                        row.Target,
                        row.Before,
                        row.After,
                        row.Command,
                        row.Source,
                    ]
            )
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            }

            await command.ExecuteNonQueryAsync(stopping.Token);
            return true;
        }
        catch (ObjectDisposedException)
        {
            LogLost(log, row.Action, row.Target);
            return true; // another database is followed by now
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No database for the audit row {Action} {Target}")]
    private static partial void LogLost(ILogger log, string action, string target);
}
