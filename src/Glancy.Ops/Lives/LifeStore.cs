using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook.People;

namespace Glancy.Ops.Lives;

/// <summary>The lives of the database as rows, newest last.</summary>
public sealed class LifeStore(BotDatabase database, AuditLog audit, NoticeBoard notices, TimeProvider clock)
{
    private const string Columns =
        "id, begun_at as BegunAt, how = 'restored' as Restored, beyond, acknowledged_by as AcknowledgedBy, "
        + "acknowledged_at as AcknowledgedAt, reason";

    /// <summary>The life that is now.</summary>
    public async Task<Life> CurrentAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<Row>(
                $"select {Columns} from glancy.life order by seq desc limit 1",
                null,
                cancellationToken
            )
        )
            .Select(Of)
            .FirstOrDefault()
        ?? throw new InvalidOperationException("The database has no life; the migrator makes the first.");

    /// <summary>
    /// Anchors that were found beyond the chain at some time, as <c>seq:hash</c>, and whether somebody has acknowledged
    /// them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, bool>> BeyondAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync<Row>($"select {Columns} from glancy.life order by seq", null, cancellationToken))
            .Select(Of)
            .SelectMany(life => life.Beyond.Select(anchor => (anchor, Known: !life.Open)))
            .GroupBy(a => a.anchor)
            .ToDictionary(g => g.Key, g => g.Any(a => a.Known), StringComparer.Ordinal);

    /// <summary>
    /// Takes a new life, says so aloud and writes it down. False when another replica has taken it for the same
    /// finding.
    /// </summary>
    public Task<bool> TakeAsync(IReadOnlyList<string> beyond, long head, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy life', 0))",
                    null
                );
                var known = await transaction.QueryAsync<string>("select unnest(beyond) from glancy.life", null);
                if (beyond.All(known.Contains))
                {
                    return false;
                }

                var id = Guid.NewGuid().ToString("N")[..8];
                var last = beyond
                    .Select(anchor => long.Parse(anchor.Split(':')[0], CultureInfo.InvariantCulture))
                    .Max()
                    .ToString(CultureInfo.InvariantCulture);
                var ours = head.ToString(CultureInfo.InvariantCulture);
                await transaction.ExecuteAsync(
                    "insert into glancy.life (id, begun_at, how, beyond) values (@id, @now, 'restored', @beyond)",
                    new
                    {
                        id,
                        now = clock.GetUtcNow().ToUniversalTime(),
                        beyond = beyond.ToArray(),
                    }
                );
                var facts = new Dictionary<string, string> { ["last"] = last, ["head"] = ours };
                await notices.PutAsync(
                    transaction,
                    new NoticeDraft("life:" + id, "page", "page-database-restored", facts)
                );
                await audit.AppendAsync(transaction, new AuditEntry(Actor.Bot, "life-begun", id) { Detail = facts });
                return true;
            },
            cancellationToken
        );

    /// <summary>Writes down that a person has looked; false when there is nothing to acknowledge.</summary>
    public Task<bool> AcknowledgeAsync(
        string person,
        string? role,
        string reason,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var ids = await transaction.QueryAsync<string>(
                    "update glancy.life set acknowledged_by = @person, acknowledged_at = @now, reason = @reason "
                        + "where how = 'restored' and acknowledged_by is null returning id",
                    new
                    {
                        person,
                        reason,
                        now = clock.GetUtcNow().ToUniversalTime(),
                    }
                );
                if (ids.Count == 0)
                {
                    return false;
                }

                var facts = new Dictionary<string, string> { ["reason"] = reason };
                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"life:{ids[^1]}:acknowledged",
                        "post",
                        "database-acknowledged",
                        new Dictionary<string, string> { ["person"] = person, ["reason"] = reason }
                    )
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person, "life-acknowledged", ids[^1]) { Role = role, Detail = facts }
                );
                return true;
            },
            cancellationToken
        );

    private static Life Of(Row row) =>
        new(row.Id, row.BegunAt, row.Restored, row.Beyond, row.AcknowledgedBy, row.AcknowledgedAt, row.Reason);

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public DateTimeOffset BegunAt { get; init; }

        public bool Restored { get; init; }

        public string[] Beyond { get; init; } = [];

        public string? AcknowledgedBy { get; init; }

        public DateTimeOffset? AcknowledgedAt { get; init; }

        public string? Reason { get; init; }
    }
}
