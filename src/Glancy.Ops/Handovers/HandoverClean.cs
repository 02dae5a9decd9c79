using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Handovers;

/// <summary>
/// What keeps a shift from being handed over clean (§3, "confirm no Sev is open"): a Sev-1 or Sev-2 that is open,
/// whoever sees to it; a lesser one that nobody of the coming shift sees to; a temporary change that no rule takes
/// back, the train's share among them.
/// </summary>
internal static class HandoverClean
{
    /// <summary>Every reason at once. Accepting is never refused for them; only the mark is.</summary>
    public static async Task<IReadOnlyList<Refusal>> InTheWayAsync(
        Transaction transaction,
        OnCall coming,
        Targets targets
    )
    {
        var incidents = await IncidentStore.HoldOpenAsync(transaction);
        var changes = await transaction.QueryAsync<LeaseRow>(
            "select id, target, value, owner from glancy.lease where released_at is null and cardinality(recovers) = "
                + "0 order by id",
            null
        );
        return
        [
            .. incidents
                .Select(i =>
                    OwnerOf(i, coming) is not { } owner
                        ? new Refusal("handover-incident-unowned", "§3", i.Id, i.Level, i.Title)
                    : i.Severity < Severity.Sev3
                        ? new Refusal("handover-incident-open", "§3", i.Id, i.Level, i.Title, owner)
                    : null
                )
                .OfType<Refusal>(),
            .. changes.Select(l =>
                targets.Find(l.Target)?.NotClean(LeaseName.Of(l.Id), l.Target, l.Value, l.Owner)
                ?? new Refusal("handover-switch-without-rule", "§3", LeaseName.Of(l.Id), l.Target, l.Value, l.Owner)
            ),
        ];
    }

    /// <summary>
    /// Everything that is left to the coming shift, in the way or not: incidents, leases, runs and follow-ups by name,
    /// and <see cref="Handover.Frozen"/>.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LeftAsync(Transaction transaction) =>
        await transaction.QueryAsync<string>(
            """
            select name from (
              select 1 as kind, severity as number, id as name from glancy.incident where closed_at is null
              union all select 2, id, 'L-' || id from glancy.lease where released_at is null
              union all select 3, id, 'R-' || id from glancy.run where finished_at is null
              union all select 4, 0, @frozen from glancy.freeze
              union all select 5, id, 'F-' || id from glancy.follow_up where done_at is null) everything
             order by kind, number, name
            """,
            new { frozen = Handover.Frozen }
        );

    /// <summary>
    /// Who of the coming shift sees to an incident: somebody has said "I have it", and that person or the commander is
    /// there; null for nobody.
    /// </summary>
    public static string? OwnerOf(Incident incident, OnCall coming)
    {
        var there = coming.Holders.Values.SelectMany(p => p).Select(p => p.Id).ToHashSet();
        return incident.Acknowledged is { By: var by }
            ? new[] { by, incident.Commander }.FirstOrDefault(person => person is not null && there.Contains(person))
            : null;
    }

    private sealed record LeaseRow
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";
    }
}
