using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Reads the SOPs' columns while a group fires, and after that until it is verified; ends silences whose time has come.
/// A card is revised only when a person sees a difference.
/// </summary>
internal sealed class AlertJob(
    BotDatabase database,
    IPrometheus prometheus,
    AlertCards cards,
    AlertStore alerts,
    RunbookHolder runbook,
    IOptions<ReplicaOptions> options,
    TimeProvider clock
) : IRecurringJob
{
    private const int AtOnce = 20;

    public string Name => "alerts";

    /// <summary>At every wake: what is due is in rows.</summary>
    public TimeSpan Every => TimeSpan.Zero;

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        await EndSilencesAsync(now, cancellationToken);
        var due = await database.QueryAsync<Due>(
            "select id, readings from glancy.alert_group where read_due_at <= @now order by read_due_at, id limit "
                + "@AtOnce",
            new { now, AtOnce },
            cancellationToken
        );
        if (due.Count == 0)
        {
            return;
        }

        var content = runbook.Current;
        var checks = new SopChecks(prometheus, content, now, cancellationToken);
        foreach (var (id, count) in due.Select(d => (d.Id, d.Readings)))
        {
            if (await alerts.GetAsync(id, cancellationToken) is { } group)
            {
                var sop = content.Alerts.Find(group.Labels);
                var read = sop is null ? [] : await checks.ReadAsync(sop, group.OpenedAt);
                await database.InTransactionAsync(
                    transaction => KeepAsync(transaction, id, count, read, now),
                    cancellationToken
                );
            }
        }
    }

    // Judged by the row as it is now: it may have fired again while Prometheus was asked. Who comes second writes
    // nothing.
    private async Task KeepAsync(
        Transaction transaction,
        long id,
        int count,
        IReadOnlyList<CheckReading> read,
        DateTimeOffset now
    )
    {
        if (await AlertStore.HoldAsync(transaction, id) is not { } group)
        {
            return;
        }

        var verify = read.Where(r => r.Column == CheckReading.Verify).ToList();
        var verified = group.ResolvedAt is not null && verify.Count > 0 && verify.All(r => r.Ticked);
        var over =
            read.Count == 0
            || verified
            || (group.ResolvedAt is { } ended && now - ended > runbook.Current.Alerts.Rules.WatchFor);
        var seen =
            (group.ReadAt is null && read.Count > 0)
            || verified
            || group.Readings.Count != read.Count
            || group.Readings.Zip(read).Any(pair => pair.First.Differs(pair.Second));
        var next = over ? (DateTimeOffset?)null : now + options.Value.WatchInterval;
        var news = seen ? Jsonb.Of(read) : null;
        if (await AlertRows.ReadGroupAsync(transaction, id, count, news, verified, next, now) && seen)
        {
            await cards.PutAsync(transaction, id);
        }
    }

    private async Task EndSilencesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = await database.QueryAsync<Over>(
            "select id, group_id from glancy.alert_silence where state = 'stands' and ends_at <= @now order by id",
            new { now },
            cancellationToken
        );
        foreach (var silence in over)
        {
            await database.InTransactionAsync(
                async transaction =>
                {
                    // The group's row first, as everybody takes it.
                    await AlertStore.HoldAsync(transaction, silence.Group_Id);
                    if (await AlertRows.EndSilenceAsync(transaction, silence.Id))
                    {
                        await cards.PutAsync(transaction, silence.Group_Id);
                    }
                },
                cancellationToken
            );
        }
    }

    private sealed record Over
    {
        public long Id { get; init; }

        public long Group_Id { get; init; }
    }

    private sealed record Due
    {
        public long Id { get; init; }

        public int Readings { get; init; }
    }
}
