using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Alerts;

/// <summary>Alerts of groups that are long over.</summary>
internal sealed class OldAlerts(BotDatabase database) : IOldRows
{
    /// <summary>
    /// After a group is over; its name stands in incidents, of which the lesson is drawn within weeks.
    /// </summary>
    public TimeSpan Kept => TimeSpan.FromDays(90);

    public Task<int> RemoveAsync(DateTimeOffset before, int atOnce, CancellationToken cancellationToken) =>
        AlertRows.RemoveAsync(database, before, atOnce, cancellationToken);
}
