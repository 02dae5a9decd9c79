using Glancy.Ops.Database;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;

namespace Glancy.Ops.Handovers;

/// <summary>What keeps a shift from being handed over clean (§3): an incident that nobody sees to, a temporary change that no rule takes back.</summary>
internal static class HandoverClean
{
    /// <summary>Every reason at once. Accepting is never refused for them; only the mark is.</summary>
    public static async Task<IReadOnlyList<Refusal>> InTheWayAsync(Transaction transaction, OnCall coming)
    {
        var incidents = await IncidentStore.HoldOpenAsync(transaction);
        var switches = await transaction.QueryAsync<LeaseRow>(
            "select id, target, value, owner from glancy.lease where released_at is null and cardinality(recovers) = 0 and target like @switches order by id",
            new { switches = ControlledState.FlagPrefix + "%" });
        return
        [
            .. incidents.Where(i => OwnerOf(i, coming) is null).Select(i => new Refusal("handover-incident-unowned", "§3", i.Id, i.Level, i.Title)),
            .. switches.Select(l => new Refusal("handover-switch-without-rule", "§3", LeaseName.Of(l.Id), l.Target[ControlledState.FlagPrefix.Length..], l.Value, l.Owner)),
        ];
    }

    /// <summary>Who of the coming shift sees to an incident: somebody has said "I have it", and that person or the commander is there; null for nobody.</summary>
    public static string? OwnerOf(Incident incident, OnCall coming)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(coming);
        var there = coming.Holders.Values.SelectMany(p => p).Select(p => p.Id).ToHashSet();
        return incident.Acknowledged is { By: var by } ? new[] { by, incident.Commander }.FirstOrDefault(person => person is not null && there.Contains(person)) : null;
    }

    private sealed record LeaseRow
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";
    }
}
