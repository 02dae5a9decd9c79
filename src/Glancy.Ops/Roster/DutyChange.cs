using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>
/// A role changes hands by the roster: at a change of shift, or inside one because of an override or of a source that
/// says so (§1.1).
/// </summary>
/// <param name="Before">Persons who hold it until then.</param>
/// <param name="After">Persons who hold it from then on; empty for nobody.</param>
/// <param name="WithShift">The shift changes at that instant, too.</param>
public sealed record DutyChange(
    DateTimeOffset At,
    string Role,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After,
    bool WithShift
);

/// <summary>When roles really change hands; pure.</summary>
internal static class DutyChanges
{
    /// <summary>
    /// Every change of holders after <paramref name="from"/> and before <paramref name="until"/>, the first first.
    /// </summary>
    /// <param name="now">Who holds what at <paramref name="from"/>, which at a change of shift may be those who
    /// leave.</param>
    /// <param name="entered">Overrides beside the runbook's, the weakest first.</param>
    public static IReadOnlyList<DutyChange> After(
        RunbookContent content,
        OnCall now,
        DateTimeOffset from,
        DateTimeOffset until,
        IReadOnlyList<RosterOverride> entered
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(entered);
        var (changes, held) = (new List<DutyChange>(), now);
        var points = Points(content, from, until, entered);
        if (now.KeptUntil is { } kept && from < kept && kept < until)
        {
            points.Add(kept);
        }

        foreach (var at in points.Where(p => p > from))
        {
            var next = DutyRoster.Plan(content, at, entered);
            if (at < now.KeptUntil)
            {
                // Those who leave keep what is theirs by the shift (§1.2).
                next = next with
                {
                    Holders = next.Holders.ToDictionary(
                        h => h.Key,
                        h =>
                            content.Roles[h.Key].ByShift && !next.By.ContainsKey(h.Key)
                                ? now.Holders.GetValueOrDefault(h.Key, [])
                                : h.Value,
                        StringComparer.Ordinal
                    ),
                };
            }

            changes.AddRange(
                content
                    .Roles.Keys.Select(role => new DutyChange(
                        at,
                        role,
                        Ids(held, role),
                        Ids(next, role),
                        at == next.ShiftStart
                    ))
                    .Where(c => !c.Before.SequenceEqual(c.After))
            );
            held = next;
        }

        return changes;
    }

    /// <summary>The instants from one to another, the first among them, at which who holds what may change.</summary>
    internal static SortedSet<DateTimeOffset> Points(
        RunbookContent content,
        DateTimeOffset from,
        DateTimeOffset until,
        IReadOnlyList<RosterOverride> entered
    )
    {
        var points = new SortedSet<DateTimeOffset> { from };
        for (
            var end = DutyRoster.Plan(content, from, entered).ShiftEnd;
            end < until;
            end = DutyRoster.Plan(content, end, entered).ShiftEnd
        )
        {
            points.Add(end);
        }

        var heard = content.Roster.Heard;
        points.UnionWith(
            content
                .Roster.Overrides.Concat(entered)
                .SelectMany(o => new[] { o.From, o.To })
                .Concat(heard.Turns.SelectMany(t => new[] { t.From, t.To ?? t.From }))
                .Concat(heard.Roles.Select(r => r.Until).OfType<DateTimeOffset>())
                .Where(at => from < at && at < until)
        );
        return points;
    }

    private static string[] Ids(OnCall onCall, string role) =>
        [.. onCall.Holders.GetValueOrDefault(role, []).Select(p => p.Id)];
}
