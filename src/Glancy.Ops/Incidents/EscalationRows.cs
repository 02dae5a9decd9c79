using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Incidents;

/// <summary>The clocks of incidents as rows; every change is made with the incident's row held.</summary>
internal static class EscalationRows
{
    public static async Task<IncidentClock?> GetAsync(Transaction transaction, string incident)
    {
        var rows = await transaction.QueryAsync<Row>(
            "select since, step, calls, due_at from glancy.escalation where incident_id = @incident",
            new { incident }
        );
        return rows is [var row] ? new IncidentClock(row.Since, row.Step, row.Calls, row.Due_At) : null;
    }

    public static Task PutAsync(Transaction transaction, string incident, IncidentClock clock) =>
        transaction.ExecuteAsync(
            """
            insert into glancy.escalation (incident_id, since, step, calls, due_at)
              values (@incident, @since, @Step, @Calls, @due)
            on conflict (incident_id) do update set since = excluded.since, step = excluded.step, calls =
              excluded.calls, due_at = excluded.due_at
            """,
            new
            {
                incident,
                since = clock.Since.ToUniversalTime(),
                clock.Step,
                clock.Calls,
                due = clock.DueAt?.ToUniversalTime(),
            }
        );

    /// <summary>Nobody is called any more.</summary>
    public static Task StopAsync(Transaction transaction, string incident) =>
        transaction.ExecuteAsync(
            "update glancy.escalation set due_at = null where incident_id = @incident",
            new { incident }
        );

    private sealed record Row
    {
        public DateTimeOffset Since { get; init; }

        public int Step { get; init; }

        public int Calls { get; init; }

        public DateTimeOffset? Due_At { get; init; }
    }
}
