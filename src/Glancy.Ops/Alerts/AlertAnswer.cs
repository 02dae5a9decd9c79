using Glancy.Ops.Connectors.Alertmanager;

namespace Glancy.Ops.Alerts;

/// <summary>What Alertmanager said when it was asked what fires.</summary>
/// <param name="AskedAt">By the database's clock: what was heard after that is not judged by it.</param>
/// <param name="AbsenceCounts">It has been up for long enough to have heard of everything.</param>
/// <param name="IsItsOwn">Who told of the group is this Alertmanager or one of its cluster: it has listed others that
/// the same one told of.</param>
public sealed record AlertAnswer(DateTimeOffset AskedAt, AlertsListed Listed, bool AbsenceCounts, bool IsItsOwn)
{
    /// <summary>A word so fresh is not held against its list: two Alertmanagers are never quite at one.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>For so long after an end it is made sure that it was one.</summary>
    public static readonly TimeSpan Checked = TimeSpan.FromMinutes(10);
}
