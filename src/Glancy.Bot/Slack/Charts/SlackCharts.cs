using System.Text.Json;
using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Slack.Charts;

/// <summary>A picture that a replica draws.</summary>
/// <param name="Ended">With what came of the run; without, up to its draft.</param>
/// <param name="Attempts">This one included.</param>
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
internal sealed record ChartTask(string Key, long RunId, bool Ended, int Attempts, int Claim)
{
    /// <summary>The right to draw it.</summary>
    internal Claim Held => new(Key, Claim, Attempts);
}

/// <summary>
/// Which cards want a picture, which replica draws it, and which picture a card may show. Judged by the database's
/// clock.
/// </summary>
internal sealed class SlackCharts(BotDatabase database)
{
    /// <summary>How often Slack may refuse to show one picture; then the card stays without.</summary>
    public const int MostRefusals = 4;

    /// <summary>Cards that want a picture.</summary>
    public static readonly ClaimTable Queue = new("picture", "glancy.slack_chart", "notice_key", "text")
    {
        MostAttempts = 4,
        FirstWait = TimeSpan.FromSeconds(5),
        LongestWait = TimeSpan.FromMinutes(5),
        Number = "(select n.id from glancy.notice n where n.key = q.notice_key)",
        About = "q.notice_key",
        Ended = "done = true",
        Begun = "done = false",
    };

    /// <summary>Which picture is next: of runs that go on, and of pictures that are not their run's last.</summary>
    public static readonly string Taking = $"""
        with looked as (
          select n.key from glancy.run r join glancy.notice n on n.run_id = r.id and n.kind = 'card'
            where r.finished_at is null and r.context is not null
          union select notice_key from glancy.slack_chart where unfinished),
        wanted as (
          select n.key, r.id, r.finished_at is not null as ended
            from looked
            join glancy.notice n on n.key = looked.key
            join glancy.run r on r.id = n.run_id and r.context is not null and r.state not in ('Superseded', 'Expired')
            join glancy.slack_post p on p.notice_key = n.key and p.ts is not null and not p.skipped
            left join glancy.slack_chart c on c.notice_key = n.key
           where n.kind = 'card'
             and case when c.notice_key is null then r.finished_at is null
                      else {ClaimTable.Free("c")}
                       and ((c.for_run, c.for_end) <> (r.id, r.finished_at is not null) or (not c.done
                         and c.next_at <= clock_timestamp())) end
           order by n.id desc limit 1)
        insert into glancy.slack_chart as c (notice_key, for_run, for_end, owner, lease_until, claim, attempts)
        select key, id, ended, @owner, clock_timestamp() + @lease, 1, 1 from wanted
        on conflict (notice_key) do update
           set {Queue.Claimed("c")}, for_run = excluded.for_run, for_end = excluded.for_end,
               done = false, given_up_at = null,
               attempts = case when (c.for_run, c.for_end) = (excluded.for_run, excluded.for_end)
                               then c.attempts + 1 else 1 end
         where {ClaimTable.Free("c")}
        returning c.notice_key, c.for_run, c.for_end, c.attempts, c.claim
        """;

    private readonly Claims claims = new(database, Queue);

    // Slack looks at a file before it lets a message show it.
    private static readonly TimeSpan SlackLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
    ];

    /// <summary>
    /// Takes a card that is in Slack and lacks its picture: a run that goes on has its draft's, one that has ended well
    /// or badly is drawn anew. What ended before there was a picture of it stays as it is. Null when there is none to
    /// take.
    /// </summary>
    public async Task<ChartTask?> TakeAsync(string replica, TimeSpan lease, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(Taking, new { owner = replica, lease }, cancellationToken);
        return rows is [var row]
            ? new ChartTask(row.Notice_Key, row.For_Run, row.For_End, row.Attempts, row.Claim)
            : null;
    }

    /// <summary>Slack has the picture; the card shows it next.</summary>
    public Task DrawnAsync(ChartTask task, SlackChart chart, CancellationToken cancellationToken)
    {
        return database.ExecuteAsync(
            $"""
            update glancy.slack_chart set {ClaimTable.Well}, file = @File, facts = @facts, refusals = 0, done = true,
                   show_at = clock_timestamp() + @SlackLooks
             where notice_key = @Key and claim = @Claim
            """,
            new
            {
                chart.File,
                facts = Jsonb.Of(chart.Facts),
                SlackLooks,
                task.Key,
                task.Claim,
            },
            cancellationToken
        );
    }

    /// <summary>There is nothing to draw. False when another replica has taken over.</summary>
    public async Task<bool> NoneAsync(ChartTask task, CancellationToken cancellationToken)
    {
        return await database.ExecuteAsync(
                $"update glancy.slack_chart set {ClaimTable.Well}, done = true where notice_key = @Key and claim = "
                    + $"@Claim",
                new { task.Key, task.Claim },
                cancellationToken
            ) > 0;
    }

    /// <summary>There is no picture: it is tried again later, or given up. True when it was given up.</summary>
    public async Task<bool> NotAsync(ChartTask task, string trouble, CancellationToken cancellationToken)
    {
        if (Queue.IsLast(task.Attempts))
        {
            return await database.InTransactionAsync(
                transaction => claims.GiveUpAsync(transaction, task.Held, trouble),
                cancellationToken
            );
        }

        await claims.FailedAsync(task.Held, trouble, Pauses[task.Attempts - 1], cancellationToken);
        return false;
    }

    /// <summary>The picture that a card shows now; null for none.</summary>
    public async Task<SlackChart?> ShownAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<FileRow>(
            "select file, facts::text as facts from glancy.slack_chart where notice_key = @key and file is not null "
                + "and refusals < @MostRefusals and show_at <= clock_timestamp()",
            new { key, MostRefusals },
            cancellationToken
        );
        return rows is [var row] && JsonSerializer.Deserialize<HookChartFacts>(row.Facts, BotDatabase.Json) is { } facts
            ? new SlackChart(row.File, facts)
            : null;
    }

    /// <summary>Which picture a card shows now; empty for none.</summary>
    internal static Task<int> ShownAsync(Transaction transaction, string key, string file) =>
        transaction.ExecuteAsync(
            "update glancy.slack_chart set shown = @file where notice_key = @key",
            new { key, file }
        );

    /// <summary>
    /// Slack does not let a message show it, or not yet: the card goes on without, and shows it later or never.
    /// </summary>
    public Task RefusedAsync(string key, string file, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "update glancy.slack_chart set refusals = refusals + 1, show_at = clock_timestamp() + @AfterRefusal * "
                + "(refusals + 1) where notice_key = @key and file = @file",
            new
            {
                key,
                file,
                AfterRefusal,
            },
            cancellationToken
        );

    private sealed record Row
    {
        public string Notice_Key { get; init; } = "";

        public long For_Run { get; init; }

        public bool For_End { get; init; }

        public int Attempts { get; init; }

        public int Claim { get; init; }
    }

    private sealed record FileRow
    {
        public string File { get; init; } = "";

        public string Facts { get; init; } = "{}";
    }
}
