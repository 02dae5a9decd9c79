using System.Text.Json;
using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Slack.Charts;

/// <summary>A picture that a replica draws.</summary>
/// <param name="Ended">With what came of the run; without, up to its draft.</param>
/// <param name="Tries">This one included.</param>
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
public sealed record ChartTask(string Key, long RunId, bool Ended, int Tries, int Claim);

/// <summary>Which cards want a picture, which replica draws it, and which picture a card may show. Judged by the database's clock.</summary>
public sealed class SlackCharts(BotDatabase database)
{
    /// <summary>How often Slack may refuse to show one picture; then the card stays without.</summary>
    public const int MostRefusals = 4;

    /// <summary>Which picture is next: of runs that go on, and of pictures that are not their run's last.</summary>
    public const string Taking =
        """
        with looked as (
          select n.key from glancy.run r join glancy.notice n on n.run_id = r.id and n.kind = 'card' where r.finished_at is null and r.context is not null
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
                      else (c.lease_until is null or c.lease_until < clock_timestamp())
                       and ((c.for_run, c.for_end) <> (r.id, r.finished_at is not null) or (not c.done and c.next_at <= clock_timestamp())) end
           order by n.id desc limit 1)
        insert into glancy.slack_chart as c (notice_key, for_run, for_end, owner, lease_until) select key, id, ended, @replica, clock_timestamp() + @lease from wanted
        on conflict (notice_key) do update
           set for_run = excluded.for_run, for_end = excluded.for_end, done = false, owner = excluded.owner, lease_until = excluded.lease_until, claim = c.claim + 1,
               tries = case when (c.for_run, c.for_end) = (excluded.for_run, excluded.for_end) then c.tries + 1 else 1 end
         where c.lease_until is null or c.lease_until < clock_timestamp()
        returning c.notice_key, c.for_run, c.for_end, c.tries, c.claim
        """;

    // Slack looks at a file before it lets a message show it.
    private static readonly TimeSpan SlackLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Takes a card that is in Slack and lacks its picture: a run that goes on has its draft's, one that has ended well or badly is drawn anew.
    /// What ended before there was a picture of it stays as it is. Null when there is none to take.
    /// </summary>
    public async Task<ChartTask?> TakeAsync(string replica, TimeSpan lease, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            Taking,
            new { replica, lease },
            cancellationToken);
        return rows is [var row] ? new ChartTask(row.Notice_Key, row.For_Run, row.For_End, row.Tries, row.Claim) : null;
    }

    /// <summary>Slack has the picture; the card shows it next.</summary>
    public Task DrawnAsync(ChartTask task, SlackChart chart, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(chart);
        return database.ExecuteAsync(
            """
            update glancy.slack_chart set file = @File, facts = @facts, refusals = 0, show_at = clock_timestamp() + @SlackLooks, done = true, lease_until = null
             where notice_key = @Key and claim = @Claim
            """,
            new { chart.File, facts = Jsonb.Of(chart.Facts), SlackLooks, task.Key, task.Claim },
            cancellationToken);
    }

    /// <summary>There is no picture: it is tried again then, or never when <paramref name="again"/> is null.</summary>
    public Task NotAsync(ChartTask task, TimeSpan? again, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.ExecuteAsync(
            "update glancy.slack_chart set done = @done, next_at = clock_timestamp() + @wait, lease_until = null where notice_key = @Key and claim = @Claim",
            new { done = again is null, wait = again ?? TimeSpan.Zero, task.Key, task.Claim },
            cancellationToken);
    }

    /// <summary>The picture that a card shows now; null for none.</summary>
    public async Task<SlackChart?> ShownAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<FileRow>(
            "select file, facts::text as facts from glancy.slack_chart where notice_key = @key and file is not null and refusals < @MostRefusals and show_at <= clock_timestamp()",
            new { key, MostRefusals },
            cancellationToken);
        return rows is [var row] && JsonSerializer.Deserialize<HookChartFacts>(row.Facts, BotDatabase.Json) is { } facts ? new SlackChart(row.File, facts) : null;
    }

    /// <summary>Slack does not let a message show it, or not yet: the card goes on without, and shows it later or never.</summary>
    public Task RefusedAsync(string key, string file, CancellationToken cancellationToken) => database.ExecuteAsync(
        "update glancy.slack_chart set refusals = refusals + 1, show_at = clock_timestamp() + @AfterRefusal * (refusals + 1) where notice_key = @key and file = @file",
        new { key, file, AfterRefusal },
        cancellationToken);

    private sealed record Row
    {
        public string Notice_Key { get; init; } = "";

        public long For_Run { get; init; }

        public bool For_End { get; init; }

        public int Tries { get; init; }

        public int Claim { get; init; }
    }

    private sealed record FileRow
    {
        public string File { get; init; } = "";

        public string Facts { get; init; } = "{}";
    }
}
