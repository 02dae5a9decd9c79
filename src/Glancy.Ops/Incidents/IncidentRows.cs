using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Incidents;

/// <summary>Incidents as rows, as they are written.</summary>
internal static class IncidentRows
{
    /// <summary>
    /// Opens one. The next number is taken under a lock of the day that ends with the transaction: what is rolled back
    /// leaves no gap.
    /// </summary>
    public static async Task<Incident> AddAsync(Transaction transaction, Incident opened, long? alert)
    {
        var date = Incident.DayOf(opened.OpenedAt);
        var day = date.ToString("O", CultureInfo.InvariantCulture);
        await transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('glancy incident ' || @day, 0))",
            new { day }
        );
        var numbers = await transaction.QueryAsync<int>(
            "select coalesce(max(number), 0) + 1 from glancy.incident where day = @day::date",
            new { day }
        );
        var incident = opened with { Id = Incident.IdOf(date, numbers[0]) };
        await transaction.ExecuteAsync(
            """
            insert into glancy.incident (id, day, number, severity, title, opened_at, opened_by, commander, alert_group)
            values (@Id, @day::date, @number, @severity, @Title, @at, @OpenedBy, @Commander, @alert)
            """,
            new
            {
                incident.Id,
                day,
                number = numbers[0],
                severity = (int)incident.Severity,
                incident.Title,
                at = incident.OpenedAt.ToUniversalTime(),
                incident.OpenedBy,
                incident.Commander,
                alert,
            }
        );
        return incident;
    }

    public static Task<int> AcknowledgedAsync(Transaction transaction, string id, string person, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            "update glancy.incident set acked_at = @now, acked_by = @person where id = @id",
            new
            {
                id,
                person,
                now = now.ToUniversalTime(),
            }
        );

    /// <param name="raised">Then it has to be acknowledged anew.</param>
    public static Task<int> RegradedAsync(Transaction transaction, string id, Severity severity, bool raised) =>
        transaction.ExecuteAsync(
            """
            update glancy.incident
               set severity = @severity,
                   acked_at = case when @raised then null else acked_at end,
                   acked_by = case when @raised then null else acked_by end
             where id = @id
            """,
            new
            {
                id,
                severity = (int)severity,
                raised,
            }
        );

    public static Task<int> CommandedAsync(Transaction transaction, string id, string commander) =>
        transaction.ExecuteAsync(
            "update glancy.incident set commander = @commander where id = @id",
            new { id, commander }
        );

    public static Task<int> ClosedAsync(
        Transaction transaction,
        string id,
        string person,
        string reason,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            "update glancy.incident set closed_at = @now, closed_by = @person, close_reason = @reason where id = @id",
            new
            {
                id,
                person,
                reason,
                now = now.ToUniversalTime(),
            }
        );
}
