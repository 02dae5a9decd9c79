using Glancy.Ops.Database;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack;

/// <summary>A delivery that a replica works on.</summary>
/// <param name="Attempt">1 for the first; more when an earlier one did not come to its end.</param>
public sealed record SlackTask(long Id, SlackDoorKind Kind, string RawBody, int Attempt);

/// <summary>What Slack has delivered, and who works on it: each delivery once, whichever replica takes it.</summary>
public sealed class SlackJournal(BotDatabase database)
{
    /// <summary>Writes a delivery down. False when it was there already.</summary>
    public async Task<bool> AddAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return await database.ExecuteAsync(
            "insert into glancy.slack_inbox (dedupe_key, kind, raw_body) values (@key, @kind, @RawBody) on conflict (dedupe_key) do nothing",
            new { key = delivery.Request.DedupeKey, kind = delivery.Kind.ToString(), delivery.RawBody },
            cancellationToken) > 0;
    }

    /// <summary>Takes the oldest delivery that nobody works on; null when there is none.</summary>
    public async Task<SlackTask?> TakeAsync(string replica, TimeSpan lease, CancellationToken cancellationToken)
    {
        var taken = await database.QueryAsync<TaskRow>(
            """
            update glancy.slack_inbox set owner = @replica, lease_until = now() + @lease, attempts = attempts + 1
             where id = (select id from glancy.slack_inbox
                          where finished_at is null and (lease_until is null or lease_until < now())
                          order by id for update skip locked limit 1)
            returning id, kind, raw_body, attempts
            """,
            new { replica, lease },
            cancellationToken);
        return taken.Count == 0 ? null : new SlackTask(taken[0].Id, Enum.Parse<SlackDoorKind>(taken[0].Kind), taken[0].Raw_Body, taken[0].Attempts);
    }

    /// <summary>Ends a task, and clears away what ended more than a day ago.</summary>
    public Task FinishAsync(SlackTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("update glancy.slack_inbox set finished_at = now(), raw_body = '' where id = @Id and attempts = @Attempt", new { task.Id, task.Attempt });
                await transaction.ExecuteAsync("delete from glancy.slack_inbox where finished_at < now() - interval '1 day'");
            },
            cancellationToken);
    }

    private sealed record TaskRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Raw_Body { get; init; } = "";

        public int Attempts { get; init; }
    }
}
