using Npgsql;

namespace Glancy.Sandbox.Stories;

/// <summary>What the product's own tables say of a run, read as their owner.</summary>
internal sealed class ProductRecords(Func<string> productOwner)
{
    /// <summary>The rows of <c>release_batches</c> that a run wrote.</summary>
    public Task<IReadOnlyList<BatchRow>> BatchesAsync(string run, CancellationToken cancellationToken) =>
        ReadAsync(
            "select kind, batch, state, weight, hk_snapshot::text, drafted_at, confirmed_at, finished_at from "
                + "release_batches where run = $1 order by id",
            [run],
            row => new BatchRow(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetDecimal(3),
                row.GetString(4),
                Time(row, 5),
                Time(row, 6),
                Time(row, 7)
            ),
            cancellationToken
        );

    /// <summary>The keyed rows of <c>audit_events</c>: each production change that the bot made.</summary>
    public Task<IReadOnlyList<ChangeRow>> ChangesAsync(string run, CancellationToken cancellationToken) =>
        ReadAsync(
            "select event_key, actor, action, coalesce(\"before\", ''), coalesce(\"after\", ''), coalesce(command, "
                + "'') from audit_events where event_key is not null and run = $1 order by id",
            [run],
            row => new ChangeRow(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5)
            ),
            cancellationToken
        );

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql,
        object[] values,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var source = NpgsqlDataSource.Create(productOwner());
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    public sealed record BatchRow(
        string Kind,
        string Batch,
        string State,
        decimal Weight,
        string Hooks,
        DateTimeOffset? Drafted,
        DateTimeOffset? Confirmed,
        DateTimeOffset? Finished
    );

    public sealed record ChangeRow(
        string Key,
        string Actor,
        string Action,
        string Before,
        string After,
        string Command
    );
}
