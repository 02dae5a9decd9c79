using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Which notice is next.</summary>
internal sealed partial class SlackPosts
{
    /// <summary>Notices on their way to Slack.</summary>
    public static readonly ClaimTable Queue = new("post", "glancy.slack_post", "notice_key", "text")
    {
        Number = "(select n.id from glancy.notice n where n.key = q.notice_key)",
        About = "q.notice_key",
        Ended = "skipped = true",
        Begun = "skipped = false",
    };

    /// <summary>
    /// What is moot: a call for an incident that is acknowledged, closed or was called again since; a page about a
    /// pause that is over, or a draft that has ended; the card of a run that another stands in for. Only what nobody
    /// has seen: never a message that is there, nor one that may be.
    /// </summary>
    /// <remarks>
    /// The limits in the joins keep the planner from reading whole tables: it takes a third of all notices to be
    /// undelivered, and nearly none is.
    /// </remarks>
    public static readonly string Taking = $$"""
        with due as (
          select n.key, n.id,
                 case when n.kind = 'card' and r.state in ('Draft', 'AwaitingSecond', 'Paused') then 0
                      when n.kind in ('page', 'direct') and p.ts is not null then 5
                      when n.kind in ('page', 'direct') and n.run_id is not null then 0
                      when n.kind in ('page', 'direct') and coalesce(i.severity, 1) < 3 then 1
                      when n.kind <> 'output' and n.run_id is not null then 2
                      when n.kind in ('page', 'direct') then 3
                      when n.kind = 'output' then 6
                      when p.ts is null then 4
                      else 5 end as rank,
                 p.ts is null and p.begun_after is null and coalesce(
                   case when n.template in ('page-incident', 'page-incident-nobody', 'direct-incident')
                          then i.closed_at is not null or i.acked_at is not null
                            or case when n.key ~ '^incident:[^:]+:call:[0-9]{1,8}(:|$)'
                              then split_part(n.key, ':', 4)::int < e.calls end
                        when n.template in ('page-failed', 'page-unknown', 'page-drift', 'page-unverified')
                          then r.state <> 'Paused'
                        when n.template = 'page-urgent' then r.finished_at is not null
                        when n.kind = 'card' then r.state = 'Superseded' end, false) as moot
            from glancy.notice n
            left join lateral (select * from glancy.slack_post where notice_key = n.key limit 1) p on true
            left join lateral (select state, finished_at from glancy.run where id = n.run_id limit 1) r on true
            left join lateral (select id, severity, acked_at, closed_at from glancy.incident
              where id = n.arguments ->> 'incident' limit 1) i on true
            left join lateral (select calls from glancy.escalation where incident_id = i.id limit 1) e on true
           where n.delivered < n.revision
             and (p.notice_key is null
                  or ({{ClaimTable.Due("p")}}
                      and (p.ts is null or p.shown_at is null or p.shown_at <= clock_timestamp() - @Pause
                        or (n.kind = 'card' and r.state in ('Draft', 'AwaitingSecond', 'Paused')))))
          union all
          select n.key, n.id, 7, false
            from glancy.slack_chart c
            cross join lateral (select key, id, delivered, revision from glancy.notice where key = c.notice_key
              limit 1) n
            cross join lateral (select * from glancy.slack_post where notice_key = c.notice_key limit 1) p
           where c.unshown and n.delivered >= n.revision and c.refusals < @MostRefusals
             and c.show_at <= clock_timestamp()
             and p.ts is not null and not p.skipped and {{ClaimTable.Due("p")}}
             and (p.shown_at is null or p.shown_at <= clock_timestamp() - @Pause)),
        next as (select * from due order by case when @fair and rank between 3 and 5 then 3 else rank end, id limit 1),
        taken as (
          insert into glancy.slack_post as p (notice_key, owner, lease_until, claim, attempts)
          select key, @owner, clock_timestamp() + @lease, 1, 1 from next
          on conflict (notice_key) do update set {{Queue.Taken("p")}}
           where {{ClaimTable.Free("p")}}
          returning p.notice_key, p.channel, p.ts, p.begun_after, p.doubts, p.attempts, p.claim, p.continues)
        select taken.*, next.rank, next.moot from taken join next on next.key = taken.notice_key
        """;
}
