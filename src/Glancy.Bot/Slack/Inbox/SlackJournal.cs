using System.Globalization;
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
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
internal sealed record SlackTask(
    long Id,
    SlackDoorKind Kind,
    string RawBody,
    int Attempt,
    IReadOnlyList<ResponseMessage>? Answers,
    int Sends,
    int Claim
)
{
    /// <summary>The right to work on it.</summary>
    internal Claim Held => new(Id.ToString(CultureInfo.InvariantCulture), Claim, Attempt);
}

/// <summary>What Slack has delivered, and who works on it: each delivery once, whichever replica takes it.</summary>
internal sealed partial class SlackJournal(BotDatabase database)
{
    /// <summary>How much of one person's may wait in one lane.</summary>
    public const int MostWaiting = 20;

    /// <summary>What Slack has delivered and nobody has finished.</summary>
    public static readonly ClaimTable Queue = new("delivery", "glancy.slack_inbox", "id", "bigint")
    {
        FirstWait = TimeSpan.FromSeconds(2),
        LongestWait = TimeSpan.FromSeconds(20),
        Waiting = "finished_at is null",
        About = "q.kind || ' ' || q.person",
        Begun = "finished_at = null, answers = null, sends = 0",

        // What changes something has had its one time: taken up again, it is told to look first.
        BegunAt = 1,
    };

    private readonly Claims claims = new(database, Queue);

    // Of one person's reads, over all replicas: the others come in between.
    private const int ReadsAtOnce = 2;

    // As the index has it that is for this question alone: where the server last looked on a day when nothing waited,
    // it takes any index of what waits for as good as the right one.
    private const string WaitingPerson = "(case when w.finished_at is null then w.person end)";

    /// <summary>Over which somebody writes down what arrives.</summary>
    public HeldConnection Hold() => database.Hold();

    /// <summary>
    /// Ends one that was held: answered by now, or for any worker at once. One that a worker has taken is left to it.
    /// </summary>
    public Task ReleaseAsync(SlackDelivery delivery, bool answered, CancellationToken cancellationToken)
    {
        return database.ExecuteAsync(
            answered
                ? "update glancy.slack_inbox set finished_at = now(), raw_body = '' where dedupe_key = @key and "
                    + "attempts = 0"
                : "update glancy.slack_inbox set next_at = clock_timestamp() where dedupe_key = @key and attempts = 0",
            new { key = delivery.Request.DedupeKey },
            cancellationToken
        );
    }

    /// <summary>
    /// Takes what changes something first, then the oldest read that is due and nobody works on; null when there is
    /// none.
    /// </summary>
    /// <param name="upTo">The last lane to take from.</param>
    public async Task<SlackTask?> TakeAsync(
        string replica,
        TimeSpan lease,
        SlackUrgency upTo,
        CancellationToken cancellationToken
    )
    {
        var next = $"""
            select t.id from glancy.slack_inbox t
             where t.finished_at is null and t.lane <= @lane and {ClaimTable.Due("t")}
               and (t.lane = 0 or t.person = ''
                    or (select count(*) from glancy.slack_inbox w
                         where {WaitingPerson} = t.person and w.lane = t.lane
                           and w.lease_until >= clock_timestamp()) < @ReadsAtOnce)
             order by t.lane, t.id for update skip locked limit 1
            """;
        var taken = await claims.TakeAsync<TaskRow>(
            next,
            "q.id, q.kind, q.raw_body, q.attempts, q.answers, q.sends, q.claim",
            new
            {
                owner = replica,
                lease,
                lane = (int)upTo,
                ReadsAtOnce,
            },
            cancellationToken
        );
        return taken is [var row]
            ? new SlackTask(
                row.Id,
                Enum.Parse<SlackDoorKind>(row.Kind),
                row.Raw_Body,
                row.Attempts,
                Answers(row.Answers),
                row.Sends,
                row.Claim
            )
            : null;
    }

    /// <summary>Writes down what is to be said. False when another replica has taken over.</summary>
    public async Task<bool> AnswerAsync(
        SlackTask task,
        IReadOnlyList<ResponseMessage> answers,
        CancellationToken cancellationToken
    )
    {
        return await database.ExecuteAsync(
                "update glancy.slack_inbox set answers = @answers where id = @Id and claim = @Claim",
                new
                {
                    task.Id,
                    task.Claim,
                    answers = JsonSerializer.Serialize(answers, SlackJson.Options),
                },
                cancellationToken
            ) > 0;
    }

    /// <summary>
    /// Lets it lie until then, for any replica; the answers from <paramref name="answers"/> on are still to be sent.
    /// </summary>
    public Task PostponeAsync(
        SlackTask task,
        IReadOnlyList<ResponseMessage> answers,
        int sends,
        TimeSpan wait,
        CancellationToken cancellationToken
    )
    {
        return database.ExecuteAsync(
            """
            update glancy.slack_inbox
               set answers = @answers, sends = @sends, next_at = clock_timestamp() + @wait, lease_until = null
             where id = @Id and claim = @Claim
            """,
            new
            {
                task.Id,
                task.Claim,
                sends,
                wait,
                answers = JsonSerializer.Serialize(answers, SlackJson.Options),
            },
            cancellationToken
        );
    }

    /// <summary>It failed: it lies for a while, for any replica, as it is.</summary>
    public Task AgainAsync(SlackTask task, string trouble, CancellationToken cancellationToken)
    {
        return claims.FailedAsync(task.Held, trouble, null, cancellationToken);
    }

    /// <summary>
    /// It is given up: its command does not run any more until somebody takes it up again. Whoever waits for it is
    /// still to be told, so it is finished only after that. False when another replica has taken over.
    /// </summary>
    public Task<bool> GiveUpAsync(SlackTask task, string trouble, CancellationToken cancellationToken)
    {
        return database.InTransactionAsync(
            transaction => claims.GiveUpAsync(transaction, task.Held, trouble),
            cancellationToken
        );
    }

    /// <summary>Ends a task, and clears away what ended more than a day ago; what was given up, after a week.</summary>
    public Task FinishAsync(SlackTask task, CancellationToken cancellationToken)
    {
        return database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    """
                    update glancy.slack_inbox
                       set finished_at = now(), answers = null,
                           raw_body = case when given_up_at is null then '' else raw_body end,
                           trouble = case when given_up_at is null then null else trouble end
                     where id = @Id and claim = @Claim
                    """,
                    new { task.Id, task.Claim }
                );
                await transaction.ExecuteAsync(
                    """
                    delete from glancy.slack_inbox
                     where finished_at < now() - case when given_up_at is null then interval '1 day'
                       else interval '8 days' end
                    """
                );
            },
            cancellationToken
        );
    }

    // Answers of another build that this one cannot read are none: what changes something is not done again, and says
    // so.
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

        public int Claim { get; init; }
    }
}
