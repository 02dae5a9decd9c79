using System.Text.Json;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Incidents;

/// <summary>What happened in an incident, row by row.</summary>
internal static class IncidentEvents
{
    /// <summary>A step of the chain was called.</summary>
    public const string Called = "called";

    private const string Columns = "select at, actor, kind, detail::text as detail from glancy.incident_event";

    /// <summary>Writes one down; its number is unique among all.</summary>
    public static async Task<long> AddAsync(Transaction transaction, string incident, IncidentEvent happened)
    {
        var numbers = await transaction.QueryAsync<long>(
            "insert into glancy.incident_event (incident_id, at, actor, kind, detail) values (@incident, @at, "
                + "@Actor, @Kind, @detail) returning seq",
            new
            {
                incident,
                at = happened.At.ToUniversalTime(),
                happened.Actor,
                happened.Kind,
                detail = Jsonb.Of(happened.Detail),
            }
        );
        return numbers[0];
    }

    /// <summary>The newest of a kind; null when there is none.</summary>
    public static async Task<IncidentEvent?> LastAsync(Transaction transaction, string incident, string kind) =>
        (
            await transaction.QueryAsync<Row>(
                Columns + " where incident_id = @incident and kind = @kind order by seq desc limit 1",
                new { incident, kind }
            )
        )
            .Select(Of)
            .FirstOrDefault();

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<IncidentEvent>> AllAsync(Transaction transaction, string incident) =>
        [
            .. (
                await transaction.QueryAsync<Row>(
                    Columns + " where incident_id = @incident order by seq",
                    new { incident }
                )
            ).Select(Of),
        ];

    /// <summary>Whether what came from elsewhere is there already.</summary>
    public static async Task<bool> HasAsync(Transaction transaction, string incident, string fact, string value) =>
        (
            await transaction.QueryAsync<long>(
                "select seq from glancy.incident_event where incident_id = @incident and detail ->> @fact = @value "
                    + "limit 1",
                new
                {
                    incident,
                    fact,
                    value,
                }
            )
        ).Count > 0;

    private static IncidentEvent Of(Row row) =>
        new(
            row.At,
            row.Actor,
            row.Kind,
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.Detail, BotDatabase.Json) ?? []
        );

    private sealed record Row
    {
        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Detail { get; init; } = "{}";
    }
}
