using Dapper;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>
/// The search of the trail: newest first along an index, until the page is full. Each filter has an index that keeps
/// its events in their order, a period is a piece of the numbers, and a text is looked for where it may be.
/// </summary>
internal sealed class AuditSearch
{
    private const int Most = 500;

    // Events that are looked through for a text before anybody asks where it may be: what is frequent is among them.
    private const int Newest = 1024;

    // What is further behind than this is in glancy.audit_late.
    private const string Slack = "interval '10 minutes'";

    private readonly BotDatabase database;
    private readonly AuditQuery query;
    private readonly int limit;
    private readonly string wanted = "";
    private readonly Dictionary<string, object> values = [];

    private AuditSearch(BotDatabase database, AuditQuery query)
    {
        (this.database, this.query) = (database, query);
        limit = Math.Clamp(query.Limit, 1, Most);
        wanted +=
            And("document ->> 'actor' = @actor", "actor", query.Actor)
            + And("document ->> 'action' = @action", "action", query.Action)
            + And("document ->> 'run' = @run", "run", query.Run)
            + And("at >= @from", "from", query.From?.ToUniversalTime())
            + And("at < @to", "to", query.To?.ToUniversalTime())
            + And("document::text ilike @text", "text", query.Text is { } text ? Anywhere(text) : null);
    }

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<AuditEvent>> GoAsync(
        BotDatabase database,
        AuditQuery query,
        CancellationToken cancellationToken
    )
    {
        var search = new AuditSearch(database, query);
        var piece = new Piece(long.MinValue, query.BeforeSeq ?? long.MaxValue);
        var rows = new List<EventRow>();
        if (query.From is not null || query.To is not null)
        {
            var period = await search.PeriodAsync(cancellationToken);

            // And those that are timed long before their neighbours.
            const string Late = "seq in (select seq from glancy.audit_late where seq <= @after or seq >= @until)";
            rows.AddRange(await search.AskAsync($"{Late} and seq < @before", period, piece.Before, cancellationToken));
            piece = new Piece(period.After, Math.Min(piece.Before, period.Before));
        }

        rows.AddRange(await search.InAsync(piece, cancellationToken));
        return
        [
            .. rows.OrderByDescending(r => r.Seq)
                .Take(search.limit)
                .Select(r => AuditEvent.Parse(r.Seq, r.At, r.Body, r.Hash)),
        ];
    }

    private async Task<IReadOnlyList<EventRow>> InAsync(Piece piece, CancellationToken cancellationToken)
    {
        var grams = AuditWords.Sought(query.Text);
        if (grams.Count == 0 || query.Run is not null)
        {
            return await BetweenAsync(piece, cancellationToken);
        }

        var places = await database.QueryAsync<long>(
            """
            select coalesce((select max(block) + 1 from glancy.audit_words), 0)
            union all select coalesce((select max(seq) from glancy.audit), 0)
            """,
            null,
            cancellationToken
        );
        var noted = places[0] * AuditWords.Of;
        var newest = Math.Min(noted, Math.Min(piece.Before - 1, places[1]) - Newest);
        newest = newest <= 0 ? piece.After : Math.Max(piece.After, newest);
        var found = await BetweenAsync(piece with { After = newest }, cancellationToken);
        return found.Count >= limit || newest <= Math.Max(piece.After, 0)
            ? found
            : [.. found, .. await InBlocksAsync(piece, newest, grams, limit - found.Count, cancellationToken)];
    }

    // Up to a number that is looked through no more; more and more blocks at once, the newest first.
    private async Task<IReadOnlyList<EventRow>> InBlocksAsync(
        Piece piece,
        long last,
        HashSet<int> grams,
        int missing,
        CancellationToken cancellationToken
    )
    {
        var blocks = await AuditWords.HoldingAsync(
            database,
            grams,
            Math.Max(piece.After, 0) / AuditWords.Of,
            (last - 1) / AuditWords.Of,
            cancellationToken
        );
        var found = new List<EventRow>();
        for (int i = 0, at = 2; i < blocks.Count && found.Count < missing; i += at, at = Math.Min(at * 2, 64))
        {
            var some = blocks.Skip(i).Take(at).ToArray();
            var sql = $"""
                select r.* from unnest(@blocks) b cross join lateral (
                  {Select("seq between b * @of + 1 and (b + 1) * @of and seq > @after and seq <= @last")}
                ) r order by r.seq desc limit @limit
                """;
            found.AddRange(
                await database.QueryAsync<EventRow>(
                    sql,
                    Values(("blocks", some), ("of", AuditWords.Of), ("after", piece.After), ("last", last)),
                    cancellationToken
                )
            );
        }

        return found;
    }

    private Task<IReadOnlyList<EventRow>> BetweenAsync(Piece piece, CancellationToken cancellationToken) =>
        AskAsync("seq > @after and seq < @before", piece, piece.Before, cancellationToken);

    private Task<IReadOnlyList<EventRow>> AskAsync(
        string which,
        Piece piece,
        long before,
        CancellationToken cancellationToken
    ) =>
        database.QueryAsync<EventRow>(
            Select(which),
            Values(("after", piece.After), ("until", piece.Before), ("before", before)),
            cancellationToken
        );

    private string Select(string which) =>
        $"""
            select seq, case when at between '0001-01-01' and '9999-12-31' then at else 'epoch' end as at, body, hash
              from glancy.audit where {which}{wanted} order by seq desc limit @limit
            """;

    private DynamicParameters Values(params ReadOnlySpan<(string Name, object Value)> more)
    {
        var all = new DynamicParameters(values);
        all.Add("limit", limit);
        foreach (var (name, value) in more)
        {
            all.Add(name, value);
        }

        return all;
    }

    private string And(string condition, string name, object? value)
    {
        if (value is null)
        {
            return "";
        }

        values.Add(name, value);
        return " and " + condition;
    }

    private static string Anywhere(string text) =>
        "%"
        + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
        + "%";

    // The numbers between which the period is. One that is in time is not followed by an earlier time but for those
    // that are late: so all that follow the first one after the period are after it, or late, and all that come before
    // the last one before it are before it.
    private async Task<Piece> PeriodAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"""
            select
              (select a.seq from glancy.audit a where a.at < @from::timestamptz - {Slack}
                  and not exists (select from glancy.audit_late l where l.seq = a.seq)
                order by a.at desc limit 1) as after,
              (select a.seq from glancy.audit a where a.at >= @to::timestamptz + {Slack}
                order by a.at limit 1) as before
            """;
        var found = await database.QueryAsync<PieceRow>(
            Sql,
            new { from = query.From?.ToUniversalTime(), to = query.To?.ToUniversalTime() },
            cancellationToken
        );
        return new Piece(found[0].After ?? long.MinValue, found[0].Before ?? long.MaxValue);
    }

    // Between, without either.
    private sealed record Piece(long After, long Before);

    private sealed record PieceRow
    {
        public long? After { get; init; }

        public long? Before { get; init; }
    }

    private sealed record EventRow
    {
        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public byte[] Body { get; init; } = [];

        public byte[] Hash { get; init; } = [];
    }
}
