using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>A delivery that a replica works on.</summary>
/// <param name="Attempt">1 for the first; more when an earlier one did not come to its end.</param>
/// <param name="Answers">What is to be said; null until the command has run.</param>
/// <param name="Sends">How often they have been sent.</param>
public sealed record SlackTask(long Id, SlackDoorKind Kind, string RawBody, int Attempt, IReadOnlyList<ResponseMessage>? Answers, int Sends);

/// <summary>What became of a delivery that was to be written down.</summary>
public enum SlackJournalled
{
    New,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>Too much of the same person waits: it was not written down.</summary>
    TooMany,
}

/// <summary>What Slack has delivered, and who works on it: each delivery once, whichever replica takes it.</summary>
public sealed class SlackJournal(BotDatabase database)
{
    /// <summary>How much of one person's may wait in one lane.</summary>
    public const int MostWaiting = 20;

    // Of one person's reads, over all replicas: the others come in between.
    private const int ReadsAtOnce = 2;

    /// <summary>Writes a delivery down.</summary>
    /// <param name="person">Whose it is; empty where nobody waits for it.</param>
    /// <param name="held">How long no worker takes it; a replica that dies meanwhile leaves it to the others. Real time.</param>
    public async Task<SlackJournalled> AddAsync(SlackDelivery delivery, string person, SlackUrgency urgency, TimeSpan held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var key = delivery.Request.DedupeKey;
        var added = await database.ExecuteAsync(
            """
            insert into glancy.slack_inbox (dedupe_key, kind, raw_body, next_at, person, lane)
            select @key, @kind, @RawBody, clock_timestamp() + @held, @person, @lane
             where @person = '' or (select count(*) from glancy.slack_inbox where finished_at is null and person = @person and lane = @lane) < @MostWaiting
            on conflict (dedupe_key) do nothing
            """,
            new { key, kind = delivery.Kind.ToString(), delivery.RawBody, held, person, lane = (int)urgency, MostWaiting },
            cancellationToken);
        return added > 0 ? SlackJournalled.New
            : await database.QueryAsync<int>("select 1 from glancy.slack_inbox where dedupe_key = @key", new { key }, cancellationToken) is [_] ? SlackJournalled.Known
            : SlackJournalled.TooMany;
    }

    /// <summary>Ends one that was held: answered by now, or for any worker at once. One that a worker has taken is left to it.</summary>
    public Task ReleaseAsync(SlackDelivery delivery, bool answered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return database.ExecuteAsync(
            answered
                ? "update glancy.slack_inbox set finished_at = now(), raw_body = '' where dedupe_key = @key and attempts = 0"
                : "update glancy.slack_inbox set next_at = clock_timestamp() where dedupe_key = @key and attempts = 0",
            new { key = delivery.Request.DedupeKey },
            cancellationToken);
    }

    /// <summary>Takes what changes something first, then the oldest read that is due and nobody works on; null when there is none.</summary>
    /// <param name="upTo">The last lane to take from.</param>
    public async Task<SlackTask?> TakeAsync(string replica, TimeSpan lease, SlackUrgency upTo, CancellationToken cancellationToken)
    {
        var taken = await database.QueryAsync<TaskRow>(
            """
            update glancy.slack_inbox set owner = @replica, lease_until = clock_timestamp() + @lease, attempts = attempts + 1
             where id = (select t.id from glancy.slack_inbox t
                          where t.finished_at is null and t.lane <= @lane and t.next_at <= clock_timestamp() and (t.lease_until is null or t.lease_until < clock_timestamp())
                            and (t.lane = 0 or t.person = ''
                                 or (select count(*) from glancy.slack_inbox w
                                      where w.finished_at is null and w.person = t.person and w.lane = t.lane and w.lease_until >= clock_timestamp()) < @ReadsAtOnce)
                          order by t.lane, t.id for update skip locked limit 1)
            returning id, kind, raw_body, attempts, answers, sends
            """,
            new { replica, lease, lane = (int)upTo, ReadsAtOnce },
            cancellationToken);
        return taken is [var row]
            ? new SlackTask(row.Id, Enum.Parse<SlackDoorKind>(row.Kind), row.Raw_Body, row.Attempts, Answers(row.Answers), row.Sends)
            : null;
    }

    /// <summary>Writes down what is to be said. False when another replica has taken over.</summary>
    public async Task<bool> AnswerAsync(SlackTask task, IReadOnlyList<ResponseMessage> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await database.ExecuteAsync(
            "update glancy.slack_inbox set answers = @answers where id = @Id and attempts = @Attempt",
            new { task.Id, task.Attempt, answers = JsonSerializer.Serialize(answers, SlackJson.Options) },
            cancellationToken) > 0;
    }

    /// <summary>Lets it lie until then, for any replica; the answers from <paramref name="answers"/> on are still to be sent.</summary>
    public Task PostponeAsync(SlackTask task, IReadOnlyList<ResponseMessage> answers, int sends, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.ExecuteAsync(
            "update glancy.slack_inbox set answers = @answers, sends = @sends, next_at = clock_timestamp() + @wait, lease_until = null where id = @Id and attempts = @Attempt",
            new { task.Id, task.Attempt, sends, wait, answers = JsonSerializer.Serialize(answers, SlackJson.Options) },
            cancellationToken);
    }

    /// <summary>Lets it lie until then, for any replica, as it is.</summary>
    public Task AgainAsync(SlackTask task, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.ExecuteAsync(
            "update glancy.slack_inbox set next_at = clock_timestamp() + @wait, lease_until = null where id = @Id and attempts = @Attempt", new { task.Id, task.Attempt, wait }, cancellationToken);
    }

    /// <summary>Ends a task, and clears away what ended more than a day ago.</summary>
    public Task FinishAsync(SlackTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("update glancy.slack_inbox set finished_at = now(), raw_body = '', answers = null where id = @Id and attempts = @Attempt", new { task.Id, task.Attempt });
                await transaction.ExecuteAsync("delete from glancy.slack_inbox where finished_at < now() - interval '1 day'");
            },
            cancellationToken);
    }

    // Answers of another build that this one cannot read are none: what changes something is not done again, and says so.
    private static List<ResponseMessage>? Answers(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<List<ResponseMessage>>(json, SlackJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record TaskRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Raw_Body { get; init; } = "";

        public int Attempts { get; init; }

        public string? Answers { get; init; }

        public int Sends { get; init; }
    }
}
