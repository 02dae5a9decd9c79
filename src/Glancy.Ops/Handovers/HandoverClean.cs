using Glancy.Ops.Database;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Handovers;

/// <summary>What keeps a shift from being handed over clean (§3): an incident that nobody sees to, a temporary change that no rule takes back.</summary>
internal static class HandoverClean
{
    /// <summary>Every reason at once. Accepting is never refused for them; only the mark is.</summary>
    public static async Task<IReadOnlyList<Refusal>> InTheWayAsync(Transaction transaction)
    {
        var incidents = await IncidentStore.HoldOpenAsync(transaction);
        var switches = await transaction.QueryAsync<LeaseRow>(
            "select id, target, value, owner from glancy.lease where released_at is null and cardinality(recovers) = 0 and target like @switches order by id",
            new { switches = ControlledState.FlagPrefix + "%" });
        return
        [
            .. incidents.Where(i => OwnerOf(i) is null).Select(i => new Refusal("handover-incident-unowned", "§3", i.Id, i.Level, i.Title)),
            .. switches.Select(l => new Refusal("handover-switch-without-rule", "§3", LeaseName.Of(l.Id), l.Target[ControlledState.FlagPrefix.Length..], l.Value, l.Owner)),
        ];
    }

    /// <summary>Who sees to an incident: its commander, else who said "I have it"; null for nobody.</summary>
    public static string? OwnerOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Commander ?? incident.Acknowledged?.By;
    }

    private sealed record LeaseRow
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";
    }
}
