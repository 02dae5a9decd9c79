using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Asks Alertmanager what fires, since not every end is told: not of an alert that ends while it is silenced, nor when
/// a delivery is lost. At once where a delivery left a doubt, otherwise every so often while something fires. What it
/// cannot answer stays firing and is said to be unknown. Real time: it is a conversation on the network.
/// </summary>
internal sealed class AlertCensus(
    BotDatabase database,
    AlertmanagerClient alertmanager,
    AlertInbox inbox,
    AlertCards cards,
    IOptions<AlertsOptions> options
) : IRecurringJob
{
    private long askedAt;

    public string Name => "alert-census";

    /// <summary>At every wake: what is in doubt is in rows.</summary>
    public TimeSpan Every => TimeSpan.Zero;

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var since = askedAt == 0 ? TimeSpan.MaxValue : TimeProvider.System.GetElapsedTime(askedAt);
        if (since < options.Value.AskAgain)
        {
            return;
        }

        var groups = await GroupsAsync(cancellationToken);
        if (!groups.Any(g => g.Urgent) && (groups.Count == 0 || since < options.Value.AskEvery))
        {
            return;
        }

        askedAt = TimeProvider.System.GetTimestamp();
        var read = await database.QueryAsync<DateTime>("select clock_timestamp()", null, cancellationToken);
        var now = new DateTimeOffset(DateTime.SpecifyKind(read[0], DateTimeKind.Utc));
        if (
            options.Value.AlertmanagerUrl is not null
            && await alertmanager.FiringAsync(cancellationToken) is { } listed
        )
        {
            var counts = TimeProvider.System.GetUtcNow() - listed.UpSince >= options.Value.SettledAfter;
            foreach (var group in groups)
            {
                await inbox.SettleAsync(
                    group.Group_Key,
                    new AlertAnswer(now, listed, counts, group.Its_Own),
                    cancellationToken
                );
            }

            await database.ExecuteAsync(
                """
                insert into glancy.alert_source (source)
                select distinct g.source from glancy.alert a join glancy.alert_group g on g.id = a.group_id
                  where a.status = 'firing' and a.listed and g.source <> ''
                    on conflict do nothing
                """,
                null,
                cancellationToken
            );
        }

        await KeepUnknownAsync(now, cancellationToken);
    }

    private Task<IReadOnlyList<Asked>> GroupsAsync(CancellationToken cancellationToken) =>
        database.QueryAsync<Asked>(
            """
            select g.group_key, bool_or(exists (select from glancy.alert_source s
              where s.source = g.source)) as its_own,
                   bool_or(a.status = 'firing' and a.unknown_since is null and (a.doubted_at is not null
                     or not a.listed and a.heard_at > clock_timestamp() - interval '1 minute')) as urgent
              from glancy.alert a join glancy.alert_group g on g.id = a.group_id
             where (a.status = 'firing' or a.heard_at > clock_timestamp() - @Checked)
               and not exists (select from glancy.alert_group n where md5(n.group_key) = md5(g.group_key)
                 and n.group_key = g.group_key and n.id > g.id)
             group by g.group_key
            """,
            new { AlertAnswer.Checked },
            cancellationToken
        );

    // Whatever is still in doubt although it was asked for.
    private Task KeepUnknownAsync(DateTimeOffset askedAt, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var groups = await AlertRows.DoubtAsync(transaction, askedAt);
                foreach (var group in groups)
                {
                    await cards.PutAsync(transaction, group);
                }
            },
            cancellationToken
        );

    private sealed record Asked
    {
        public string Group_Key { get; init; } = "";

        public bool Its_Own { get; init; }

        public bool Urgent { get; init; }
    }
}
