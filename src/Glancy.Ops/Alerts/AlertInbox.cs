using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Alerts;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Takes what Alertmanager tells, in one transaction: every alert is a row, each group has one card. The same word
/// twice, or at two replicas at once, changes nothing more; what a word means beside the others is
/// <see cref="AlertStanding"/>'s.
/// </summary>
public sealed class AlertInbox(BotDatabase database, AlertCards cards, RunbookHolder runbook, TimeProvider clock)
    : IDisposable
{
    // New groups are placed one after the other anyway. Who waits here waits for no connection: that would be refused
    // after a moment, and nobody else would have one meanwhile.
    private const int AtOnce = 4;

    private readonly SemaphoreSlim hands = new(AtOnce);

    /// <summary>Writes it down; when this returns, it is committed.</summary>
    /// <returns>The group it was about; null when it said nothing that is kept.</returns>
    public Task<long?> TakeAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return ChangeAsync(
            delivery.GroupKey,
            delivery,
            (standing, now) => standing.Hear(delivery, now),
            cancellationToken
        );
    }

    /// <summary>Sets the group's alerts right by what Alertmanager answered.</summary>
    public Task SettleAsync(string groupKey, AlertAnswer answer, CancellationToken cancellationToken) =>
        ChangeAsync(groupKey, null, (standing, now) => standing.Settle(answer, now), cancellationToken);

    public void Dispose() => hands.Dispose();

    private AlertRules Rules => runbook.Current.Alerts.Rules;

    private async Task<long?> ChangeAsync(
        string groupKey,
        AlertDelivery? delivery,
        Action<AlertStanding, DateTimeOffset> change,
        CancellationToken cancellationToken
    )
    {
        await hands.WaitAsync(cancellationToken);
        try
        {
            return await WriteAsync(groupKey, delivery, change, cancellationToken);
        }
        finally
        {
            hands.Release();
        }
    }

    private Task<long?> WriteAsync(
        string groupKey,
        AlertDelivery? delivery,
        Action<AlertStanding, DateTimeOffset> change,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<long?>(
            async transaction =>
            {
                // One group at a time, whichever replica hears of it.
                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy alert ' || @groupKey, 0))",
                    new { groupKey }
                );
                var latest = await LatestAsync(transaction, groupKey);
                var standing = latest is null
                    ? new AlertStanding([])
                    : await AlertRows.ReadAsync(transaction, latest.Id, Rules.LateWithin);
                var now = clock.GetUtcNow().ToUniversalTime();
                change(standing, now);
                if (standing.Changed is not { Count: > 0 } news || (latest is null && delivery is null))
                {
                    return latest?.Id;
                }

                var fires = news.Any(a => a.Firing);
                var group =
                    delivery is not null
                    && (latest is null || (fires && latest.Resolved_At is { } ended && now - ended > Rules.ReuseWithin))
                        ? await OpenAsync(transaction, delivery, fires, now)
                        : await GoOnAsync(
                            transaction,
                            latest
                                ?? throw new InvalidOperationException(
                                    "A group that was never told of cannot be settled."
                                ),
                            fires,
                            now
                        );
                await AlertRows.WriteAsync(transaction, group, news);
                await AlertRows.SettleGroupAsync(transaction, group, delivery, now);
                if (standing.Differs)
                {
                    await cards.PutAsync(transaction, group);
                }

                return group;
            },
            cancellationToken
        );

    private static async Task<Latest?> LatestAsync(Transaction transaction, string key)
    {
        var rows = await transaction.QueryAsync<Latest>(
            "select id, resolved_at, card from glancy.alert_group where md5(group_key) = md5(@key) and group_key = "
                + "@key order by id desc limit 1 for update",
            new { key }
        );
        return rows is [var row] ? row : null;
    }

    private async Task<long> OpenAsync(Transaction transaction, AlertDelivery delivery, bool fires, DateTimeOffset now)
    {
        var (card, storm) = fires ? await PlaceAsync(transaction, now) : ("none", null);
        return await AlertRows.AddGroupAsync(transaction, delivery, card, storm, now);
    }

    private async Task<long> GoOnAsync(Transaction transaction, Latest latest, bool fires, DateTimeOffset now)
    {
        if (fires && latest.Card == "none")
        {
            var (card, storm) = await PlaceAsync(transaction, now);
            await AlertRows.PlaceGroupAsync(transaction, latest.Id, card, storm, now);
        }

        return latest.Id;
    }

    // Decided by one at a time, over all groups.
    private async Task<(string Card, long? Storm)> PlaceAsync(Transaction transaction, DateTimeOffset now)
    {
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('glancy alert cards', 0))");
        var cards = await transaction.QueryAsync<int>(
            "select count(*)::int from glancy.alert_group where card = 'own' and opened_at > @now - interval '1 "
                + "minute'",
            new { now }
        );
        if (cards[0] < Rules.CardsPerMinute)
        {
            return ("own", null);
        }

        var storms = await transaction.QueryAsync<long>(
            """
            with running as (
              update glancy.alert_storm set last_at = @now where id = (select max(id) from glancy.alert_storm)
                and last_at > @now - @StormQuiet returning id),
            begun as (
              insert into glancy.alert_storm (opened_at, last_at) select @now, @now where not exists (select
                from running) returning id)
            select id from running union all select id from begun
            """,
            new { now, Rules.StormQuiet }
        );
        return ("storm", storms[0]);
    }

    private sealed record Latest
    {
        public long Id { get; init; }

        public DateTimeOffset? Resolved_At { get; init; }

        public string Card { get; init; } = "";
    }
}
