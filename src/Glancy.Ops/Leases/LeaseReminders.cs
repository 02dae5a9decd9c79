using Glancy.Ops.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Ops.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Leases;

/// <summary>Reminds the owners of temporary changes until they are taken back (rule 7). When one is due is a row, so none is lost or said twice.</summary>
public sealed class LeaseReminders(BotDatabase database, NoticeBoard notices, RunbookHolder runbook, IOptions<GlancyOptions> options, TimeProvider clock) : IRound
{
    public string Name => "lease-reminders";

    public TimeSpan Every => options.Value.WatchInterval;

    /// <summary>Says what is due; a reminder that was slept over is said once, late.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var due = await database.QueryAsync<Row>(
            "select id, target, value, owner, since, reminders from glancy.lease where released_at is null and remind_at <= @now order by id", new { now }, cancellationToken);
        foreach (var lease in due)
        {
            await database.InTransactionAsync(transaction => RemindAsync(transaction, lease, now), cancellationToken);
        }
    }

    private async Task RemindAsync(Transaction transaction, Row lease, DateTimeOffset now)
    {
        var ours = await transaction.ExecuteAsync(
            "update glancy.lease set reminders = reminders + 1, remind_at = @next where id = @Id and reminders = @Reminders and released_at is null",
            new { lease.Id, lease.Reminders, next = now + runbook.Current.Leases.RemindEvery });
        if (ours == 1)
        {
            var arguments = new Dictionary<string, string>
            {
                ["lease"] = LeaseName.Of(lease.Id),
                ["target"] = lease.Target,
                ["value"] = lease.Value,
                ["person"] = lease.Owner,
                ["minutes"] = ((int)(now - lease.Since).TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            await notices.PutAsync(transaction, new NoticeDraft($"lease:{lease.Id}:reminder:{lease.Reminders + 1}", "post", "lease-reminder", arguments));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";

        public DateTimeOffset Since { get; init; }

        public int Reminders { get; init; }
    }
}
