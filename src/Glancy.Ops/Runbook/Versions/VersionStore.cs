using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>The rows behind versions: files, what is active, and what each replica reports.</summary>
public sealed class VersionStore(BotDatabase database)
{
    private const string ActiveSql = "select version, since, number from glancy.runbook_active";

    private const string LiveSql = """
        select replica, version, problems::text as problems, source_sha256, clock_timestamp() - seen_at as seen_ago,
          clock_timestamp() - changed_at as unchanged_for
          from glancy.runbook_replica where seen_at > clock_timestamp() - @within order by replica
        """;

    /// <summary>Null before the first activation.</summary>
    public async Task<ActiveVersion?> ActiveAsync(CancellationToken cancellationToken) =>
        Active(await database.QueryAsync<ActiveRow>(ActiveSql, null, cancellationToken));

    /// <summary>The same, as the caller's transaction sees it.</summary>
    public static async Task<ActiveVersion?> ActiveAsync(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Active(await transaction.QueryAsync<ActiveRow>(ActiveSql));
    }

    /// <summary>The files of a version, path to text; null when it was never stored.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> FilesAsync(
        string version,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<string>(
            "select files::text from glancy.runbook_version where version = @version",
            new { version },
            cancellationToken
        );
        return rows.Count == 0 ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(rows[0]) ?? [];
    }

    /// <summary>Keeps a version's files; one that is there already stays as it is.</summary>
    public static Task KeepAsync(
        Transaction transaction,
        string version,
        IReadOnlyDictionary<string, string> files,
        string replica,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            """
            insert into glancy.runbook_version (version, files, stored_at, stored_by)
            select @version, cast(@files as json), @now, @replica where not exists (select 1
              from glancy.runbook_version where version = @version)
            on conflict (version) do nothing
            """,
            new
            {
                version,
                files = JsonSerializer.Serialize(files),
                now = now.ToUniversalTime(),
                replica,
            }
        );
    }

    /// <summary>Writes what a replica has, as seen now.</summary>
    public static Task ReportAsync(Transaction transaction, ReplicaReport report)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(report);
        return transaction.ExecuteAsync(
            """
            insert into glancy.runbook_replica as r (replica, version, problems, source_sha256, seen_at, changed_at)
            values (@Replica, @Version, cast(@problems as json), @SourceSha256, clock_timestamp(), clock_timestamp())
            on conflict (replica) do update
               set version = excluded.version, problems = excluded.problems, source_sha256 = excluded.source_sha256,
                 seen_at = excluded.seen_at,
                   changed_at = case when r.version is distinct from excluded.version then excluded.changed_at
                     else r.changed_at end
            """,
            new
            {
                report.Replica,
                report.Version,
                problems = JsonSerializer.Serialize(report.Problems, BotDatabase.Json),
                report.SourceSha256,
            }
        );
    }

    /// <summary>Replicas seen within the given real time, by name.</summary>
    public async Task<IReadOnlyList<LiveReplica>> LiveAsync(TimeSpan within, CancellationToken cancellationToken) =>
        [.. (await database.QueryAsync<ReplicaRow>(LiveSql, new { within }, cancellationToken)).Select(Live)];

    /// <summary>The same, as the caller's transaction sees it.</summary>
    public static async Task<IReadOnlyList<LiveReplica>> LiveAsync(Transaction transaction, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return [.. (await transaction.QueryAsync<ReplicaRow>(LiveSql, new { within })).Select(Live)];
    }

    /// <summary>A replica that ends in order is not waited for.</summary>
    public Task ForgetAsync(string replica, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "delete from glancy.runbook_replica where replica = @replica",
            new { replica },
            cancellationToken
        );

    /// <summary>
    /// Puts a version in force and clears away what replicas that are long gone had; returns the activation's number.
    /// </summary>
    public static async Task<long> ActivateAsync(Transaction transaction, string version, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await transaction.ExecuteAsync(
            "delete from glancy.runbook_replica where seen_at < clock_timestamp() - interval '1 day'"
        );
        var numbers = await transaction.QueryAsync<long>(
            """
            insert into glancy.runbook_active as a (version, since, number) values (@version, @now, 1)
            on conflict (one) do update set version = excluded.version, since = excluded.since, number = a.number + 1
            returning number
            """,
            new { version, now = now.ToUniversalTime() }
        );
        return numbers[0];
    }

    private static ActiveVersion? Active(IReadOnlyList<ActiveRow> rows) =>
        rows.Count == 0 ? null : new ActiveVersion(rows[0].Version, rows[0].Since, rows[0].Number);

    private static LiveReplica Live(ReplicaRow row) =>
        new(
            new ReplicaReport(
                row.Replica,
                row.Version,
                JsonSerializer.Deserialize<List<RunbookProblem>>(row.Problems, BotDatabase.Json) ?? [],
                row.Source_Sha256
            ),
            row.Seen_Ago,
            row.Unchanged_For
        );

    private sealed record ActiveRow
    {
        public string Version { get; init; } = "";

        public DateTimeOffset Since { get; init; }

        public long Number { get; init; }
    }

    private sealed record ReplicaRow
    {
        public string Replica { get; init; } = "";

        public string? Version { get; init; }

        public string Problems { get; init; } = "[]";

        public string? Source_Sha256 { get; init; }

        public TimeSpan Seen_Ago { get; init; }

        public TimeSpan Unchanged_For { get; init; }
    }
}
