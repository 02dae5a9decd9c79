using Glancy.Ops.Database;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Takes what Alertmanager tells, in one transaction: every alert is a row, each group has one card. The same word twice, late, or at two
/// replicas at once changes nothing more.
/// </summary>
public sealed class AlertInbox(BotDatabase database, AlertCards cards, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>Writes it down; when this returns, it is committed.</summary>
    /// <returns>The group it was about; null when it said nothing that is kept.</returns>
    public Task<long?> TakeAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return database.InTransactionAsync<long?>(
            async transaction =>
            {
                // One group at a time, whichever replica hears of it.
                await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('glancy alert ' || @GroupKey, 0))", new { delivery.GroupKey });
                var latest = await LatestAsync(transaction, delivery.GroupKey);
                var known = latest is null ? [] : await KnownAsync(transaction, latest.Id);
                var news = delivery.Alerts.Select(alert => News(alert, known)).OfType<AlertFact>().DistinctBy(a => (a.Fingerprint, a.StartsAt)).ToList();
                if (news.Count == 0)
                {
                    return latest?.Id;
                }

                var now = clock.GetUtcNow().ToUniversalTime();
                var fires = news.Any(a => a.Firing);
                var group = latest is null || (fires && latest.Resolved_At is { } ended && now - ended > Rules.ReuseWithin)
                    ? await OpenAsync(transaction, delivery, fires, now)
                    : await GoOnAsync(transaction, latest, fires, now);
                foreach (var alert in news)
                {
                    await WriteAsync(transaction, group, alert);
                }

                await SettleAsync(transaction, group, delivery, now);
                await cards.PutAsync(transaction, group);
                return group;
            },
            cancellationToken);
    }

    private AlertRules Rules => runbook.Current.Alerts.Rules;

    /// <summary>What a word adds to what is known; null for nothing.</summary>
    private static AlertFact? News(AlertFact alert, IReadOnlyList<Known> known)
    {
        var mine = known.Where(k => k.Fingerprint == alert.Fingerprint).ToList();
        if (mine.FirstOrDefault(k => k.Starts_At == alert.StartsAt) is { } same)
        {
            return alert.Firing == same.Firing ? (alert.Firing && !same.Says(alert) ? alert : null)
                : !alert.Firing ? alert
                // Fired before it ended, and heard after: an old word. A long time after, it fires again under the same beginning.
                : same.Recent ? null : alert;
        }

        // It has begun anew since: what fires from before is over, though nobody said so.
        return alert.Firing && mine.Where(k => k.Starts_At > alert.StartsAt).MinBy(k => k.Starts_At) is { } later
            ? alert with { Firing = false, EndsAt = later.Starts_At }
            : alert;
    }

    private static async Task<Latest?> LatestAsync(Transaction transaction, string key)
    {
        var rows = await transaction.QueryAsync<Latest>(
            "select id, resolved_at, card from glancy.alert_group where md5(group_key) = md5(@key) and group_key = @key order by id desc limit 1 for update", new { key });
        return rows is [var row] ? row : null;
    }

    private Task<IReadOnlyList<Known>> KnownAsync(Transaction transaction, long group) => transaction.QueryAsync<Known>(
        """
        select fingerprint, starts_at, status = 'firing' as firing, heard_at > clock_timestamp() - @late as recent, labels::text, annotations::text
          from glancy.alert where group_id = @group
        """,
        new { group, late = Rules.LateWithin });

    private async Task<long> OpenAsync(Transaction transaction, AlertDelivery delivery, bool fires, DateTimeOffset now)
    {
        var (card, storm) = fires ? await PlaceAsync(transaction, now) : ("none", null);
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.alert_group (group_key, receiver, group_labels, common_labels, opened_at, card, storm_id, read_due_at)
            values (@GroupKey, @Receiver, @labels, @common, @now, @card, @storm, case when @card = 'own' then @now end)
            returning id
            """,
            new { delivery.GroupKey, delivery.Receiver, labels = Jsonb.Of(delivery.GroupLabels), common = Jsonb.Of(delivery.CommonLabels), now, card, storm });
        return ids[0];
    }

    private async Task<long> GoOnAsync(Transaction transaction, Latest latest, bool fires, DateTimeOffset now)
    {
        if (fires && latest.Card == "none")
        {
            var (card, storm) = await PlaceAsync(transaction, now);
            await transaction.ExecuteAsync(
                "update glancy.alert_group set card = @card, storm_id = @storm, opened_at = @now where id = @Id", new { card, storm, now, latest.Id });
        }

        return latest.Id;
    }

    // Decided by one at a time, over all groups.
    private async Task<(string Card, long? Storm)> PlaceAsync(Transaction transaction, DateTimeOffset now)
    {
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('glancy alert cards', 0))");
        var cards = await transaction.QueryAsync<int>("select count(*)::int from glancy.alert_group where card = 'own' and opened_at > @now - interval '1 minute'", new { now });
        if (cards[0] < Rules.CardsPerMinute)
        {
            return ("own", null);
        }

        var storms = await transaction.QueryAsync<long>(
            """
            with running as (
              update glancy.alert_storm set last_at = @now where id = (select max(id) from glancy.alert_storm) and last_at > @now - @StormQuiet returning id),
            begun as (
              insert into glancy.alert_storm (opened_at, last_at) select @now, @now where not exists (select from running) returning id)
            select id from running union all select id from begun
            """,
            new { now, Rules.StormQuiet });
        return ("storm", storms[0]);
    }

    private static async Task WriteAsync(Transaction transaction, long group, AlertFact alert)
    {
        await transaction.ExecuteAsync(
            """
            insert into glancy.alert (group_id, fingerprint, starts_at, status, ends_at, labels, annotations, generator_url)
            values (@group, @Fingerprint, @starts, @status, @ends, @labels, @annotations, @GeneratorUrl)
            on conflict (group_id, fingerprint, starts_at) do update
               set status = excluded.status, ends_at = excluded.ends_at, labels = excluded.labels, annotations = excluded.annotations,
                   generator_url = excluded.generator_url, heard_at = clock_timestamp()
            """,
            new
            {
                group,
                alert.Fingerprint,
                starts = alert.StartsAt.ToUniversalTime(),
                status = alert.Firing ? "firing" : "resolved",
                ends = alert.EndsAt?.ToUniversalTime(),
                labels = Jsonb.Of(alert.Labels),
                annotations = Jsonb.Of(alert.Annotations),
                alert.GeneratorUrl,
            });
        if (alert.Firing)
        {
            // The same alert from before is over, though its end was not heard.
            await transaction.ExecuteAsync(
                "update glancy.alert set status = 'resolved', ends_at = @starts where group_id = @group and fingerprint = @Fingerprint and starts_at < @starts and status = 'firing'",
                new { group, alert.Fingerprint, starts = alert.StartsAt.ToUniversalTime() });
        }
    }

    // The group fires as long as one of its alerts does; when it fires again, it is to be verified again.
    private static Task<int> SettleAsync(Transaction transaction, long group, AlertDelivery delivery, DateTimeOffset now) => transaction.ExecuteAsync(
        """
        update glancy.alert_group g
           set common_labels = @common, truncated = @Truncated,
               resolved_at = case when f.firing then null else coalesce(g.resolved_at, @now) end,
               verified_at = case when f.firing then null else g.verified_at end,
               read_due_at = case when g.card = 'own' and g.verified_at is null then @now when g.card = 'own' and f.firing then @now else g.read_due_at end
          from (select exists (select from glancy.alert a where a.group_id = @group and a.status = 'firing') as firing) f
         where g.id = @group
        """,
        new { group, common = Jsonb.Of(delivery.CommonLabels), delivery.Truncated, now });

    private sealed record Latest
    {
        public long Id { get; init; }

        public DateTimeOffset? Resolved_At { get; init; }

        public string Card { get; init; } = "";
    }

    private sealed record Known
    {
        public string Fingerprint { get; init; } = "";

        public DateTimeOffset Starts_At { get; init; }

        public bool Firing { get; init; }

        public bool Recent { get; init; }

        public string Labels { get; init; } = "{}";

        public string Annotations { get; init; } = "{}";

        public bool Says(AlertFact alert) => Same(AlertStore.Pairs(Labels), alert.Labels) && Same(AlertStore.Pairs(Annotations), alert.Annotations);

        private static bool Same(Dictionary<string, string> mine, IReadOnlyDictionary<string, string> told) =>
            mine.Count == told.Count && mine.All(pair => told.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }
}
