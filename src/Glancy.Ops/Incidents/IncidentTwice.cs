using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Incidents;

/// <summary>
/// Whether an incident is open already: two clicks within a minute, of one person or of two, or the same alert. Two
/// would call two chains for one thing (§5.1).
/// </summary>
internal static partial class IncidentTwice
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The alert group that the title begins with, as the button of its card writes it; null for none.
    /// </summary>
    public static async Task<long?> AlertAsync(Transaction transaction, string title) =>
        Beginning().Match(title) is { Success: true, Value: var name }
        && AlertName.TryParse(name.Trim(), out var id)
        && await transaction.QueryAsync<long>("select id from glancy.alert_group where id = @id", new { id })
            is [var known]
            ? known
            : null;

    /// <summary>
    /// Why nothing is opened; null when nothing stands in the way. Nobody opens another before the transaction ends.
    /// </summary>
    /// <param name="alert">The alert group it is made of.</param>
    public static async Task<Refusal?> RefusalAsync(
        Transaction transaction,
        string title,
        long? alert,
        DateTimeOffset now
    )
    {
        await transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('glancy incident open', 0))",
            null
        );
        var open = await transaction.QueryAsync<Row>(
            """
            select i.id, i.severity, i.opened_by, i.opened_at, coalesce(other.group_key = own.group_key, false) as
              same_alert
              from glancy.incident i
              left join glancy.alert_group other on other.id = i.alert_group
              left join glancy.alert_group own on own.id = @alert
             where i.closed_at is null and (other.group_key = own.group_key or (i.opened_at > @since
               and lower(btrim(i.title)) = lower(btrim(@title))))
             order by i.day desc, i.number desc limit 1
            """,
            new
            {
                alert,
                title,
                since = (now - Together).ToUniversalTime(),
            }
        );
        return open is [var same]
            ? new Refusal(
                same.Same_Alert ? "incident-of-alert" : "incident-just-opened",
                "§5.1",
                same.Id,
                Incident.LevelOf((Severity)same.Severity),
                same.Opened_By,
                same.Opened_At.ToString("O", CultureInfo.InvariantCulture)
            )
            : null;
    }

    [GeneratedRegex(@"^\s*A-[0-9]{1,18}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public int Severity { get; init; }

        public string Opened_By { get; init; } = "";

        public DateTimeOffset Opened_At { get; init; }

        public bool Same_Alert { get; init; }
    }
}
