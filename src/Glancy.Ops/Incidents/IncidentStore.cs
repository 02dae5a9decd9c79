using System.Text.Json;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Incidents;

/// <summary>Reads incidents as they are stored.</summary>
public sealed class IncidentStore(BotDatabase database, Targets targets)
{
    private const string Columns =
        "select id, severity, title, opened_at, opened_by, closed_at, closed_by, close_reason, acked_at, acked_by, "
        + "commander from glancy.incident";

    /// <summary>All that are open, the gravest first.</summary>
    public Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken) =>
        ListAsync(openOnly: true, int.MaxValue, cancellationToken);

    /// <summary>Newest first; with <paramref name="openOnly"/> the gravest first.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            Columns
                + " where not @openOnly or closed_at is null order by case when @openOnly then severity end, day "
                + "desc, number desc limit @limit",
            new { openOnly, limit },
            cancellationToken
        );
        return [.. rows.Select(ToIncident)];
    }

    /// <summary>One incident as it stands; null when there is none of that id.</summary>
    public async Task<Incident?> FindAsync(string id, CancellationToken cancellationToken) =>
        await database.QueryAsync<Row>(Columns + " where id = @id", new { id }, cancellationToken) is [var row]
            ? ToIncident(row)
            : null;

    /// <summary>One incident in full; null when there is none of that id.</summary>
    public Task<IncidentDetails?> DetailsAsync(string id, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
                await GetAsync(transaction, id) is { } incident
                    ? new IncidentDetails(
                        incident,
                        await UsesAsync(transaction, id),
                        incident.Closed is null ? await InTheWayAsync(transaction, incident) : []
                    )
                    {
                        Clock = await EscalationRows.GetAsync(transaction, id),
                        Undelivered = await OutcallRows.UndeliveredAsync(transaction, id),
                        LastCall = await IncidentEvents.LastAsync(transaction, id, IncidentEvents.Called),
                    }
                    : null,
            cancellationToken
        );

    /// <summary>What has to be done before it may be closed, every reason at once.</summary>
    internal Task<IReadOnlyList<Refusal>> InTheWayAsync(Transaction transaction, Incident incident) =>
        IncidentClosing.InTheWayAsync(transaction, incident, targets);

    /// <summary>Uses of break-glass that nobody has reviewed, oldest first.</summary>
    public async Task<IReadOnlyList<BreakGlassUse>> UnreviewedAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<string>(
            $"select ({BreakGlassUse.AsJson})::text from glancy.break_glass b join glancy.run r on r.id = b.run_id "
                + $"where b.reviewed_at is null order by b.at, b.run_id",
            null,
            cancellationToken
        );
        return [.. rows.Select(Use)];
    }

    /// <summary>
    /// One incident, and nobody closes it before the transaction ends; null when there is none of that id.
    /// </summary>
    internal static async Task<Incident?> HoldAsync(Transaction transaction, string id)
    {
        await transaction.QueryAsync<string>("select id from glancy.incident where id = @id for update", new { id });
        return await GetAsync(transaction, id);
    }

    /// <summary>Everything open now, and nobody closes any of it before the transaction ends.</summary>
    internal static async Task<IReadOnlyList<Incident>> HoldOpenAsync(Transaction transaction)
    {
        // A row that was closed while this waited for it drops out, because the condition is looked at again.
        var rows = await transaction.QueryAsync<Row>(
            Columns + " where closed_at is null order by day desc, number desc for share"
        );
        return [.. rows.Select(ToIncident)];
    }

    /// <summary>Uses of break-glass under an incident, oldest first.</summary>
    internal static async Task<IReadOnlyList<BreakGlassUse>> UsesAsync(Transaction transaction, string id)
    {
        var rows = await transaction.QueryAsync<string>(
            $"select ({BreakGlassUse.AsJson})::text from glancy.break_glass b join glancy.run r on r.id = b.run_id "
                + $"where r.incident_id = @id order by b.at, b.run_id",
            new { id }
        );
        return [.. rows.Select(Use)];
    }

    private static BreakGlassUse Use(string json) =>
        JsonSerializer.Deserialize<BreakGlassUse>(json, BotDatabase.Json)
        ?? throw new InvalidDataException("A stored break-glass use is empty.");

    private static async Task<Incident?> GetAsync(Transaction transaction, string id)
    {
        var rows = await transaction.QueryAsync<Row>(Columns + " where id = @id", new { id });
        return rows.Count == 0 ? null : ToIncident(rows[0]);
    }

    private static Incident ToIncident(Row row) =>
        new(
            row.Id,
            (Severity)row.Severity,
            row.Title,
            row.Opened_At,
            row.Opened_By,
            row is { Closed_At: { } at, Closed_By: { } by, Close_Reason: { } reason }
                ? new IncidentEnd(at, by, reason)
                : null
        )
        {
            Acknowledged = row is { Acked_At: { } since, Acked_By: { } hand } ? new IncidentHand(since, hand) : null,
            Commander = row.Commander,
        };

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public int Severity { get; init; }

        public string Title { get; init; } = "";

        public DateTimeOffset Opened_At { get; init; }

        public string Opened_By { get; init; } = "";

        public DateTimeOffset? Closed_At { get; init; }

        public string? Closed_By { get; init; }

        public string? Close_Reason { get; init; }

        public DateTimeOffset? Acked_At { get; init; }

        public string? Acked_By { get; init; }

        public string? Commander { get; init; }
    }
}
