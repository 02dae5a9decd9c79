using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Incidents;

/// <summary>
/// What has to be done before an incident may be closed (rule 5, C3): nothing of it is left lying about.
/// </summary>
internal static class IncidentClosing
{
    /// <summary>Every reason at once, so that nobody runs from one refusal into the next.</summary>
    public static async Task<IReadOnlyList<Refusal>> InTheWayAsync(
        Transaction transaction,
        Incident incident,
        Targets targets
    )
    {
        var uses = await IncidentStore.UsesAsync(transaction, incident.Id);
        var runs = await transaction.QueryAsync<RunRow>(
            "select id, state from glancy.run where incident_id = @Id and finished_at is null order by id",
            new { incident.Id }
        );

        // Who changed what for which incident is not told apart yet; whatever was switched since it was opened counts.
        // The train's share is no switch: it stays where a rollback took it, under a freeze of its own, long after the
        // incident.
        var leases = await transaction.QueryAsync<LeaseRow>(
            """
            select l.id, l.target, l.value, l.owner from glancy.lease l left join glancy.run r on r.id = l.run_id
             where l.released_at is null and l.target like any(@switches) and (l.since >= @since
               or r.incident_id = @Id) order by l.id
            """,
            new
            {
                incident.Id,
                since = incident.OpenedAt.ToUniversalTime(),
                switches = targets.SwitchPatterns,
            }
        );
        return
        [
            .. uses.Where(u => u.Review is null)
                .Select(u => new Refusal("break-glass-unreviewed", "§8", incident.Id, Name(u.RunId), u.Person)),
            .. runs.Select(r => new Refusal("incident-run-open", "§8", Name(r.Id), r.State)),
            .. leases.Select(l => new Refusal(
                "incident-lease-open",
                "§7.2",
                l.Target,
                l.Value,
                l.Owner,
                LeaseName.Of(l.Id)
            )),
        ];
    }

    private static string Name(long run) => "R-" + run.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record RunRow
    {
        public long Id { get; init; }

        public string State { get; init; } = "";
    }

    private sealed record LeaseRow
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";
    }
}
