using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Slack.Charts;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>A notice that a replica brings to Slack.</summary>
/// <param name="Ts">Slack's name of its message; null until that is known.</param>
/// <param name="BegunAfter">A post was sent, and whether it arrived is not known: it would stand after this message.
/// Null when none is open.</param>
/// <param name="Doubts">How often it was looked for without an answer.</param>
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
/// <param name="Chart">The picture it is to show; null for none.</param>
internal sealed record SlackPost(
    Notice Notice,
    string Channel,
    string? Ts,
    string? BegunAfter,
    int Doubts,
    int Claim,
    SlackChart? Chart = null
)
{
    /// <summary>How urgent it is; 0 is first.</summary>
    public int Rank { get; init; }

    /// <summary>What it asks for is done or past before anybody has seen it.</summary>
    public bool Moot { get; init; }

    /// <summary>The older message that can no longer be changed; null for none.</summary>
    public string? Continues { get; init; }

    /// <summary>Somebody is called by it, or a run waits for somebody.</summary>
    public bool GoesFirst => Rank <= 1;

    /// <summary>How often in a row it was refused, failed, or lost who brought it; this time among them.</summary>
    public int Attempts { get; init; }

    /// <summary>The right to bring it.</summary>
    internal Claim Held => new(Notice.Key, Claim, Attempts);
}

/// <summary>The message of another notice, as far as it is known.</summary>
/// <param name="Ts">Null while it is not posted.</param>
/// <param name="Trouble">Why it could not be, so far.</param>
internal sealed record SlackPlace(string? Ts, string? Trouble);

/// <summary>
/// Where each notice stands in Slack, and which replica brings it there. Judged by the database's clock.
/// </summary>
internal sealed partial class SlackPosts(BotDatabase database, NoticeBoard board, SlackCharts charts)
{
    private readonly Claims claims = new(database, Queue);

    // Slack asks for no more than one update of a message in this time.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>
    /// At the first start with Slack: what was said before stays where it was read, except cards of what goes on.
    /// </summary>
    public Task BeginAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var past = await transaction.QueryAsync<string>(
                    """
                    insert into glancy.slack_post (notice_key, skipped)
                    select n.key, true from glancy.notice n left join glancy.run r on r.id = n.run_id
                     where not exists (select from glancy.slack_post)
                       and (n.kind <> 'card' or r.finished_at is not null
                            or exists (select from glancy.incident i where 'incident:' || i.id = n.key
                              and i.closed_at is not null))
                       and n.at < (select max(at) - interval '1 hour' from glancy.notice)
                    on conflict (notice_key) do nothing
                    returning notice_key
                    """
                );
                await NoticeBoard.DeliveredAsync(transaction, NoticeBoard.Never, [.. past]);
            },
            cancellationToken
        );

    /// <summary>
    /// Takes a notice of which Slack lacks the newest revision; null when there is none to take. Urgency goes over age:
    /// a run that waits for people and the pages about runs, other pages, what else a run says, pages of Sev-3, what is
    /// new, what has changed, what steps print, mere pictures. Only what is not delivered is looked at.
    /// </summary>
    /// <param name="fair">Nothing that can wait waits for ever: below runs and graver pages the oldest goes
    /// first.</param>
    public async Task<SlackPost?> TakeAsync(
        string replica,
        TimeSpan lease,
        bool fair,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<Row>(
            Taking,
            new
            {
                owner = replica,
                lease,
                fair,
                Pause,
                SlackCharts.MostRefusals,
            },
            cancellationToken
        );

        // Read after the claim: what is shown is then at least this revision.
        return rows is [var row] && await board.GetAsync(row.Notice_Key, cancellationToken) is { } notice
            ? new SlackPost(
                notice,
                row.Channel,
                row.Ts,
                row.Begun_After,
                row.Doubts,
                row.Claim,
                notice.Kind == "card" ? await charts.ShownAsync(notice.Key, cancellationToken) : null
            )
            {
                Rank = row.Rank,
                Moot = row.Moot,
                Continues = row.Continues,
                Attempts = row.Attempts,
            }
            : null;
    }

    /// <summary>
    /// Before a post is sent: it will stand after the newest message of ours there. False when another replica has
    /// taken over.
    /// </summary>
    public async Task<bool> BeginPostAsync(SlackPost post, string channel, CancellationToken cancellationToken)
    {
        return await database.ExecuteAsync(
                """
                update glancy.slack_post set channel = @channel, doubts = 0,
                       begun_after = coalesce((select o.ts from glancy.slack_post o where o.channel = @channel
                         and o.ts is not null order by o.ts::numeric desc limit 1), '0')
                 where notice_key = @Key and claim = @Claim
                """,
                new
                {
                    channel,
                    post.Notice.Key,
                    post.Claim,
                },
                cancellationToken
            ) > 0;
    }

    /// <summary>Slack shows this revision, and this picture.</summary>
    public Task ShownAsync(SlackPost post, string channel, string ts, int revision, CancellationToken cancellationToken)
    {
        return database.InTransactionAsync(
            async transaction =>
            {
                var mine = await transaction.ExecuteAsync(
                    $"""
                    update glancy.slack_post
                       set {ClaimTable.Well}, channel = @channel, ts = @ts, begun_after = null, doubts = 0,
                           next_at = clock_timestamp(), shown_at = clock_timestamp()
                     where notice_key = @Key and claim = @Claim
                    """,
                    new
                    {
                        channel,
                        ts,
                        post.Notice.Key,
                        post.Claim,
                    }
                );
                if (mine > 0)
                {
                    await SlackCharts.ShownAsync(transaction, post.Notice.Key, post.Chart?.File ?? "");
                    await NoticeBoard.DeliveredAsync(transaction, revision, post.Notice.Key);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Where another notice stands; null when there is no such notice, or it stays out of Slack.</summary>
    public async Task<SlackPlace?> PlaceAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<PlaceRow>(
            "select p.ts, p.trouble from glancy.notice n left join glancy.slack_post p on p.notice_key = n.key where "
                + "n.key = @key and not coalesce(p.skipped, false)",
            new { key },
            cancellationToken
        );
        return rows is [var row] ? new SlackPlace(row.Ts, row.Trouble) : null;
    }

    /// <summary>The key of the notice that a message of ours shows; null for a message that is not ours.</summary>
    public async Task<string?> KeyAsync(string channel, string ts, CancellationToken cancellationToken) =>
        await database.QueryAsync<string>(
            "select notice_key from glancy.slack_post where channel = @channel and ts = @ts",
            new { channel, ts },
            cancellationToken
        )
            is [var key, ..]
            ? key
            : null;

    private sealed record PlaceRow
    {
        public string? Ts { get; init; }

        public string? Trouble { get; init; }
    }

    private sealed record Row
    {
        public string Notice_Key { get; init; } = "";

        public string Channel { get; init; } = "";

        public string? Ts { get; init; }

        public string? Begun_After { get; init; }

        public int Doubts { get; init; }

        public int Attempts { get; init; }

        public int Claim { get; init; }

        public int Rank { get; init; }

        public bool Moot { get; init; }

        public string? Continues { get; init; }
    }
}
