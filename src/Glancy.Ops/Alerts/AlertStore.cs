using System.Text.Json;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Alerts;

/// <summary>A storm's groups by the name of their alerts.</summary>
public sealed record StormCount(string Called, int Groups, int Firing, int Alerts);

/// <summary>A storm as its card shows it.</summary>
public sealed record AlertStorm(long Id, DateTimeOffset OpenedAt, IReadOnlyList<StormCount> Counts);

/// <summary>Reads what is known of alerts.</summary>
public sealed class AlertStore(BotDatabase database)
{
    private const string Columns = """
        g.id, g.receiver, g.group_labels::text, g.common_labels::text, g.truncated, g.opened_at, g.resolved_at, g.card,
          g.storm_id, g.reading::text, g.read_at, g.readings, g.verified_at,
        (select count(*) from glancy.alert a where a.group_id = g.id and a.status = 'firing')::int as firing,
        (select count(*) from glancy.alert a where a.group_id = g.id and a.status = 'resolved')::int as resolved,
        (select min(a.unknown_since) from glancy.alert a where a.group_id = g.id
          and a.status = 'firing') as unknown_since
        """;

    /// <summary>Newest first; those that fire, or all.</summary>
    public async Task<IReadOnlyList<AlertGroup>> ListAsync(
        bool firingOnly,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<Row>(
            $"select {Columns} from glancy.alert_group g where not @firingOnly or g.resolved_at is null order by "
                + $"g.id desc limit @limit",
            new { firingOnly, limit },
            cancellationToken
        );
        return [.. rows.Select(r => r.Group())];
    }

    /// <summary>Null when there is none.</summary>
    public async Task<AlertGroup?> GetAsync(long id, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            $"select {Columns} from glancy.alert_group g where g.id = @id",
            new { id },
            cancellationToken
        );
        return rows is [var row] ? row.Group() : null;
    }

    /// <summary>The group, held for the transaction.</summary>
    public static async Task<AlertGroup?> HoldAsync(Transaction transaction, long id)
    {
        ArgumentNullException.ThrowIfNull(transaction);

        // Two statements: the second counts what was committed while the first waited.
        await transaction.QueryAsync<long>("select id from glancy.alert_group where id = @id for update", new { id });
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from glancy.alert_group g where g.id = @id",
            new { id }
        );
        return rows is [var row] ? row.Group() : null;
    }

    /// <summary>Its alerts: those that fire first, the oldest first.</summary>
    public async Task<IReadOnlyList<AlertRow>> AlertsAsync(long group, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<AlertLine>(
            """
            select fingerprint, status = 'firing' as firing, starts_at, ends_at, labels::text, annotations::text,
              unknown_since from glancy.alert
             where group_id = @group order by status, starts_at, fingerprint limit @limit
            """,
            new { group, limit },
            cancellationToken
        );
        return
        [
            .. rows.Select(r => new AlertRow(
                r.Fingerprint,
                r.Firing,
                r.Starts_At,
                r.Ends_At,
                Pairs(r.Labels),
                Pairs(r.Annotations),
                r.Unknown_Since
            )),
        ];
    }

    /// <summary>The silence that stands, or of which nobody knows; null for none.</summary>
    public async Task<AlertSilence?> SilenceAsync(long group, CancellationToken cancellationToken) =>
        Silence(await database.QueryAsync<SilenceRow>(OpenSilence, new { group }, cancellationToken));

    /// <inheritdoc cref="SilenceAsync(long, CancellationToken)"/>
    public static async Task<AlertSilence?> SilenceAsync(Transaction transaction, long group)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Silence(await transaction.QueryAsync<SilenceRow>(OpenSilence, new { group }));
    }

    /// <summary>Null when there is none.</summary>
    public async Task<AlertStorm?> StormAsync(long id, CancellationToken cancellationToken)
    {
        var opened = await database.QueryAsync<DateTime>(
            "select opened_at from glancy.alert_storm where id = @id",
            new { id },
            cancellationToken
        );
        if (opened is not [var at])
        {
            return null;
        }

        var counts = await database.QueryAsync<StormCount>(
            """
            select coalesce(g.common_labels ->> 'alertname', g.group_labels ->> 'alertname', '') as called,
              count(distinct g.id)::int as groups,
                   count(distinct g.id) filter (where g.resolved_at is null)::int as firing, count(a.*)::int as alerts
              from glancy.alert_group g left join glancy.alert a on a.group_id = g.id where g.storm_id = @id
                group by 1 order by 2 desc, 1
            """,
            new { id },
            cancellationToken
        );
        return new AlertStorm(id, new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), counts);
    }

    internal static Dictionary<string, string> Pairs(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    private const string OpenSilence = """
        select id, group_id, token, silence_id, state, asked_at, ends_at, reason, person, state = 'asked'
          and sent_at > clock_timestamp() - interval '30 seconds' as in_flight
          from glancy.alert_silence where group_id = @group and state in ('asked', 'stands')
        """;

    private static AlertSilence? Silence(IReadOnlyList<SilenceRow> rows) =>
        rows is [var r]
            ? new AlertSilence
            {
                Id = r.Id,
                GroupId = r.Group_Id,
                Token = r.Token,
                SilenceId = r.Silence_Id,
                State = Enum.Parse<SilenceState>(r.State, ignoreCase: true),
                AskedAt = r.Asked_At,
                EndsAt = r.Ends_At,
                Reason = r.Reason,
                Person = r.Person,
                InFlight = r.In_Flight,
            }
            : null;

    private sealed record AlertLine
    {
        public string Fingerprint { get; init; } = "";

        public bool Firing { get; init; }

        public DateTimeOffset Starts_At { get; init; }

        public DateTimeOffset? Ends_At { get; init; }

        public string Labels { get; init; } = "{}";

        public string Annotations { get; init; } = "{}";

        public DateTimeOffset? Unknown_Since { get; init; }
    }

    private sealed record SilenceRow
    {
        public long Id { get; init; }

        public long Group_Id { get; init; }

        public Guid Token { get; init; }

        public string? Silence_Id { get; init; }

        public string State { get; init; } = "";

        public DateTimeOffset Asked_At { get; init; }

        public DateTimeOffset Ends_At { get; init; }

        public string Reason { get; init; } = "";

        public string Person { get; init; } = "";

        public bool In_Flight { get; init; }
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public string Receiver { get; init; } = "";

        public string Group_Labels { get; init; } = "{}";

        public string Common_Labels { get; init; } = "{}";

        public int Truncated { get; init; }

        public DateTimeOffset Opened_At { get; init; }

        public DateTimeOffset? Resolved_At { get; init; }

        public string Card { get; init; } = "";

        public long? Storm_Id { get; init; }

        public string Reading { get; init; } = "[]";

        public DateTimeOffset? Read_At { get; init; }

        public int Readings { get; init; }

        public DateTimeOffset? Verified_At { get; init; }

        public int Firing { get; init; }

        public int Resolved { get; init; }

        public DateTimeOffset? Unknown_Since { get; init; }

        public AlertGroup Group() =>
            new()
            {
                Id = Id,
                Receiver = Receiver,
                GroupLabels = Pairs(Group_Labels),
                CommonLabels = Pairs(Common_Labels),
                Truncated = Truncated,
                OpenedAt = Opened_At,
                ResolvedAt = Resolved_At,
                Card = Enum.Parse<AlertCard>(Card, ignoreCase: true),
                StormId = Storm_Id,
                Readings = JsonSerializer.Deserialize<List<CheckReading>>(Reading, BotDatabase.Json) ?? [],
                ReadAt = Read_At,
                VerifiedAt = Verified_At,
                Firing = Firing,
                Resolved = Resolved,
                UnknownSince = Unknown_Since,
            };
    }
}
