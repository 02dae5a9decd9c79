using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Dapper;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>The head of the chain: the newest event's number and hash (hex).</summary>
public sealed record AuditHead(long Seq, string Hash)
{
    /// <summary>As <c>seq:hash</c>.</summary>
    public string Written => string.Create(CultureInfo.InvariantCulture, $"{Seq}:{Hash}");
}

/// <summary>What to search for; every given part must match.</summary>
/// <param name="Text">Anywhere in the event, case-insensitive.</param>
/// <param name="BeforeSeq">Only older events: the next page.</param>
public sealed record AuditQuery(
    string? Text = null,
    string? Actor = null,
    string? Action = null,
    string? Run = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    int Limit = 20,
    long? BeforeSeq = null
);

/// <summary>Something wrong with the chain at one event.</summary>
/// <param name="Code"><c>gap</c>, <c>hash</c>, <c>body</c>, <c>malformed</c>, <c>cut</c> or <c>anchor</c>.</param>
public sealed record AuditFault(long Seq, string Code);

/// <summary>What verification found.</summary>
/// <param name="AnchoredThrough">The newest anchored event; a cut at or before it is always found. Null when nothing is
/// anchored.</param>
/// <param name="AnchorsKnown">False when the bastion could not be asked: the chain was checked by itself only.</param>
public sealed record AuditVerdict(
    bool Intact,
    long Events,
    IReadOnlyList<AuditFault> Faults,
    long? AnchoredThrough,
    bool AnchorsKnown
);

/// <summary>The bot's append-only, hash-chained trail (rule 11, §8).</summary>
public sealed class AuditLog(BotDatabase database, TimeProvider clock, IAuditAnchors anchors)
{
    /// <summary>
    /// Appends within the caller's transaction; must be its last statement, since it holds the chain's lock until
    /// commit.
    /// </summary>
    public async Task<AuditHead> AppendAsync(Transaction transaction, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(entry);
        var at = clock.GetUtcNow();
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        var body = entry.Canonical(at);
        var rows = await transaction.QueryAsync<HeadRow>(
            "select appended_seq as seq, appended_hash as hash from glancy.append_audit(@at, @body, @document)",
            new
            {
                at = at.ToUniversalTime(),
                body,
                document = new Jsonb(Encoding.UTF8.GetString(body)),
            }
        );
        return new AuditHead(rows[0].Seq, Convert.ToHexStringLower(rows[0].Hash));
    }

    /// <summary>Appends in a transaction of its own.</summary>
    public Task<AuditHead> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => AppendAsync(transaction, entry), cancellationToken);

    /// <summary>The newest event; null when the chain is empty.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<HeadRow>(
                "select seq, hash from glancy.audit order by seq desc limit 1",
                null,
                cancellationToken
            )
        )
            .Select(r => new AuditHead(r.Seq, Convert.ToHexStringLower(r.Hash)))
            .FirstOrDefault();

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<AuditEvent>> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return AuditSearch.GoAsync(database, query, cancellationToken);
    }

    /// <summary>Walks the whole chain and compares it with what is anchored on the bastion.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var anchored = await anchors.ReadAsync(cancellationToken);
        var settled = await AcknowledgedAsync(cancellationToken);
        var wanted = (anchored ?? [])
            .Where(a => !settled.Contains(a.Written))
            .GroupBy(a => a.Seq)
            .ToDictionary(g => g.Key, g => g.Select(a => a.Hash).ToHashSet());
        using var walk = new AuditWalk(database, wanted);
        await walk.GoAsync(cancellationToken);
        List<AuditFault> faults =
        [
            .. walk.Faults,
            .. walk.Missing.Where(seq => seq > 0).Order().Select(seq => new AuditFault(seq, "cut")),
        ];
        return new AuditVerdict(
            faults.Count == 0,
            walk.Events,
            faults,
            anchored is { Count: > 0 } ? anchored.Max(a => a.Seq) : null,
            anchored is not null
        );
    }

    // What a restored database has lost stays lost; once a person has said that they know, it is no finding any more.
    private async Task<HashSet<string>> AcknowledgedAsync(CancellationToken cancellationToken) =>
        [
            .. await database.QueryAsync<string>(
                "select unnest(beyond) from glancy.life where acknowledged_by is not null",
                null,
                cancellationToken
            ),
        ];

    /// <summary>Every event, oldest first, one JSON document a line.</summary>
    public async IAsyncEnumerable<string> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in StreamAsync(cancellationToken))
        {
            yield return AuditEvent.ExportLine(row.Seq, row.Body, row.Hash);
        }
    }

    private async IAsyncEnumerable<EventRow> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);

        const string Sql = "select seq, body, hash from glancy.audit order by seq";
        await foreach (var row in connection.QueryUnbufferedAsync<EventRow>(Sql).WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    private sealed record HeadRow
    {
        public long Seq { get; init; }

        public byte[] Hash { get; init; } = [];
    }

    private sealed record EventRow
    {
        public long Seq { get; init; }

        public byte[] Body { get; init; } = [];

        public byte[] Hash { get; init; } = [];
    }
}

/// <summary>Where audit heads are anchored outside the database.</summary>
public interface IAuditAnchors
{
    /// <summary>All anchored heads; null when they could not be read.</summary>
    Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken);
}
