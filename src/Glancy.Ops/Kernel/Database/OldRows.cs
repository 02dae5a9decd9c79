using Glancy.Ops.Kernel.Time;

namespace Glancy.Ops.Kernel.Database;

/// <summary>
/// Takes away what nobody asks for any more, some at a time. Only what is measured or told again and again: what people did and what was done for
/// them - runs, incidents, handovers, the audit - stays.
/// </summary>
public sealed class OldRows(BotDatabase database, TimeProvider clock) : IRound
{
    /// <summary>What reads them looks back half an hour (a thaw's steady time) or at the newest (a lease's lights); the rest of it is for whoever looks into an incident.</summary>
    public static readonly TimeSpan SnapshotsFor = TimeSpan.FromDays(14);

    /// <summary>After a group is over; its name stands in incidents, of which the lesson is drawn within weeks.</summary>
    public static readonly TimeSpan AlertsFor = TimeSpan.FromDays(90);

    private const int AtOnce = 1_000;
    private const int Turns = 20;

    public string Name => "old-rows";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();

        // The newest one stays, however old it is: a lease asks for it.
        await InBatchesAsync(
            """
            delete from glancy.hook_snapshot where id in (
              select id from glancy.hook_snapshot where at < @before and id <> (select id from glancy.hook_snapshot order by at desc, id desc limit 1) order by at limit @AtOnce)
            """,
            now - SnapshotsFor,
            cancellationToken);

        // And the newest group, so that its number is not given again.
        await InBatchesAsync(
            """
            with old as (select id from glancy.alert_group where resolved_at < @before and id <> (select max(id) from glancy.alert_group) order by resolved_at limit @AtOnce / 10),
            alerts as (delete from glancy.alert where group_id in (select id from old)),
            silences as (delete from glancy.alert_silence where group_id in (select id from old))
            delete from glancy.alert_group where id in (select id from old)
            """,
            now - AlertsFor,
            cancellationToken);
    }

    // What is still left after so many goes the next time: nobody has to wait for a broom.
    private async Task InBatchesAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < Turns && await database.ExecuteAsync(sql, new { before, AtOnce }, cancellationToken) > 0; turn++)
        {
        }
    }
}
