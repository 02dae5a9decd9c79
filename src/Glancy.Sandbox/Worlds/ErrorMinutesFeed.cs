using Glancy.Sandbox.Production;
using Npgsql;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// Writes the model's error minutes to the product's database. What cannot be written waits; a database that is
/// followed anew gets the last day's rows too, as if it had always been this one.
/// </summary>
/// <param name="tools">Held while rows are taken from the model.</param>
/// <param name="database">Connection of the product's owner; null while there is none yet.</param>
internal sealed class ErrorMinutesFeed(ProductionModel model, Lock tools, Func<string?> database)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(25);

    // A write whose answer was lost is repeated.
    private const string Insert = """
        insert into slo_error_budget (metric, window_start, error_minutes)
        select $1, $2, $3 where not exists (select 1 from slo_error_budget where metric = $1 and window_start = $2)
        """;

    private readonly List<ErrorMinutesRow> day = [];
    private string? followed;
    private int written;

    /// <summary>Writes what the model has finished; false when the database is away.</summary>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        lock (tools)
        {
            day.AddRange(model.ErrorMinutes.Take());
        }

        if (database() is not { } connection)
        {
            return false;
        }

        if (connection != followed)
        {
            (followed, written) = (connection, 0);
        }

        try
        {
            if (written < day.Count)
            {
                await InsertAsync(connection, day.Skip(written), cancellationToken);
                written = day.Count;
            }
        }
        catch (NpgsqlException)
        {
            return false;
        }

        var old = day.TakeWhile(r => r.WindowStart < model.At - Kept).Count();
        day.RemoveRange(0, old);
        written -= old;
        return true;
    }

    private static async Task InsertAsync(
        string connection,
        IEnumerable<ErrorMinutesRow> rows,
        CancellationToken cancellationToken
    )
    {
        // The world goes on while the database stands still.
        await using var source = NpgsqlDataSource.Create(connection + ";Timeout=2;Command Timeout=2");
        await using var batch = source.CreateBatch();
        foreach (var row in rows)
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(Insert)
                {
                    Parameters =
                    {
                        new() { Value = row.Metric },
                        new() { Value = row.WindowStart.ToUniversalTime() },
                        new() { Value = (decimal)row.Minutes },
                    },
                }
            );
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
