using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Alerts;

/// <summary>Groups of alerts as rows.</summary>
internal static partial class AlertRows
{
    /// <param name="card">Whether it has a card of its own, stands on a storm's, or has none yet.</param>
    /// <returns>The group's number.</returns>
    public static async Task<long> AddGroupAsync(
        Transaction transaction,
        AlertDelivery delivery,
        string card,
        long? storm,
        DateTimeOffset now
    ) =>
        (
            await transaction.QueryAsync<long>(
                """
                insert into glancy.alert_group (group_key, receiver, source, group_labels, common_labels,
                                                opened_at, card, storm_id, read_due_at)
                values (@GroupKey, @Receiver, @Source, @labels, @common,
                        @now, @card, @storm, case when @card = 'own' then @now end)
                returning id
                """,
                new
                {
                    delivery.GroupKey,
                    delivery.Receiver,
                    delivery.Source,
                    labels = Jsonb.Of(delivery.GroupLabels),
                    common = Jsonb.Of(delivery.CommonLabels),
                    now,
                    card,
                    storm,
                }
            )
        )[0];

    /// <summary>It has a place only now.</summary>
    public static Task<int> PlaceGroupAsync(
        Transaction transaction,
        long id,
        string card,
        long? storm,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            "update glancy.alert_group set card = @card, storm_id = @storm, opened_at = @now where id = @id",
            new
            {
                card,
                storm,
                now,
                id,
            }
        );

    /// <summary>
    /// The group fires as long as one of its alerts does; when it fires again, it is to be verified again.
    /// </summary>
    public static Task<int> SettleGroupAsync(
        Transaction transaction,
        long group,
        AlertDelivery? delivery,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            """
            update glancy.alert_group g
               set common_labels = coalesce(@common, g.common_labels), truncated = coalesce(@truncated, g.truncated),
                 source = coalesce(@source, g.source),
                   resolved_at = case when f.firing then null else coalesce(g.resolved_at, @now) end,
                   verified_at = case when f.firing then null else g.verified_at end,
                   read_due_at = case when g.card = 'own' and g.verified_at is null then @now
                                      when g.card = 'own' and f.firing then @now else g.read_due_at end
              from (select exists (
                      select from glancy.alert a where a.group_id = @group and a.status = 'firing') as firing) f
             where g.id = @group
            """,
            new
            {
                group,
                common = Jsonb.OfNullable(delivery?.CommonLabels),
                truncated = delivery?.Truncated,
                source = delivery?.Source,
                now,
            }
        );

    /// <summary>Its SOP's columns were read once more. False when somebody else has just done so.</summary>
    /// <param name="count">How often they had been read.</param>
    /// <param name="seen">Null where they say nothing new.</param>
    /// <param name="next">Null: they are not read any more.</param>
    public static async Task<bool> ReadGroupAsync(
        Transaction transaction,
        long id,
        int count,
        Jsonb? seen,
        bool verified,
        DateTimeOffset? next,
        DateTimeOffset now
    ) =>
        await transaction.ExecuteAsync(
            """
            update glancy.alert_group
               set readings = readings + 1, read_due_at = @next,
                   verified_at = case when @verified then @now else verified_at end,
                   reading = case when @seen then @read else reading end,
                   read_at = case when @seen then @now else read_at end
             where id = @id and readings = @count
            """,
            new
            {
                id,
                count,
                verified,
                seen = seen is not null,
                read = seen ?? new Jsonb(null),
                now,
                next,
            }
        ) == 1;

    /// <summary>
    /// Groups that are long over, and what hangs on them; the newest stays, so that its number is not given again.
    /// </summary>
    public static Task<int> RemoveAsync(
        BotDatabase database,
        DateTimeOffset before,
        int atOnce,
        CancellationToken cancellationToken
    ) =>
        database.ExecuteAsync(
            """
            with old as (
              select id from glancy.alert_group
               where resolved_at < @before and id <> (select max(id) from glancy.alert_group)
                 order by resolved_at limit @atOnce / 10),
            alerts as (delete from glancy.alert where group_id in (select id from old)),
            silences as (delete from glancy.alert_silence where group_id in (select id from old))
            delete from glancy.alert_group where id in (select id from old)
            """,
            new { before, atOnce },
            cancellationToken
        );
}
