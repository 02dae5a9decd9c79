using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Handovers;

/// <summary>The two shifts at a boundary.</summary>
/// <param name="Before">Who is on duty until then.</param>
/// <param name="After">Who will be.</param>
/// <param name="Changes">Who else comes or goes during the coming shift.</param>
public sealed record ShiftsAt(OnCall Before, OnCall After, IReadOnlyList<DutyChange> Changes);

/// <summary>Reads who hands over to whom.</summary>
public sealed class HandoverDuty(DutyRoster roster, RunbookHolder runbook)
{
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    public async Task<ShiftsAt> ReadAsync(
        DateTimeOffset boundary,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var before = await roster.HoldersAsync(boundary - Instant, cancellationToken);
        var after = await roster.PlannedAsync(boundary, cancellationToken);
        var outlook = await roster.OutlookAsync(now < boundary ? now : boundary, cancellationToken);
        var changes = outlook.Changes.Where(c =>
            c.At < after.ShiftEnd && !c.WithShift && runbook.Current.Roles[c.Role].ByShift
        );
        return new ShiftsAt(before, after, [.. changes]);
    }

    /// <summary>Persons by the roles that go with the shift.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByShift(OnCall onCall) =>
        onCall
            .Holders.Where(h => runbook.Current.Roles[h.Key].ByShift)
            .ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.Select(p => p.Id)]);
}
