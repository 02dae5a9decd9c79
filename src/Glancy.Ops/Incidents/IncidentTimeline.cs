using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Incidents;

/// <summary>The newest lines of an incident, oldest first.</summary>
/// <param name="Earlier">How many there are before them.</param>
public sealed record Timeline(IReadOnlyList<IncidentEvent> Lines, int Earlier);

/// <summary>
/// What happened in an incident (C3): every word and call, every turn of a run, every turn of a switch, and every
/// alert. Runs and switches count when they are the incident's, and while no other incident was open also when they are
/// nobody's. Alerts are nobody's: one that fired already when the incident was opened counts as well, and of a storm
/// there is one line.
/// </summary>
public sealed class IncidentTimeline(BotDatabase database, Targets targets)
{
    /// <summary>A run's line; its facts say which and what became of it.</summary>
    public const string Run = "run";

    /// <summary>A switch was turned.</summary>
    public const string Switched = "switched";

    /// <summary>A switch is back.</summary>
    public const string Back = "back";

    /// <summary>An alert fires.</summary>
    public const string Alert = "alert";

    /// <summary>An alert is over.</summary>
    public const string AlertOver = "alert-over";

    /// <summary>What an alert's SOP asks for holds again.</summary>
    public const string AlertVerified = "alert-verified";

    /// <summary>So many alerts at once that they stand on one card.</summary>
    public const string Storm = "alert-storm";

    private const string Alertmanager = "alertmanager";

    /// <summary>The newest <paramref name="limit"/>, from tables only.</summary>
    public async Task<Timeline> ReadAsync(string incident, int limit, CancellationToken cancellationToken)
    {
        // Whether a run or switch at that time is this one's: named so, or nobody's while it alone was open.
        const string Ours =
            "(r.incident_id = i.id or (r.incident_id is null and t.at >= i.opened_at and t.at <= "
            + "coalesce(i.closed_at, 'infinity') and not exists ("
            + "select from glancy.incident o where o.id <> i.id and o.opened_at <= t.at and coalesce(o.closed_at, "
            + "'infinity') >= t.at)))";
        const string Alone =
            "not exists (select from glancy.incident o where o.id <> i.id and o.opened_at <= greatest(t.at, "
            + "i.opened_at) and coalesce(o.closed_at, 'infinity') >= greatest(t.at, i.opened_at))";
        const string Named =
            "jsonb_build_object('alert', 'A-' || g.id, 'called', coalesce(g.common_labels ->> 'alertname', "
            + "g.group_labels ->> 'alertname', ''))";
        var rows = await database.QueryAsync<Row>(
            $"""
            with lines as (
              select e.at, e.seq as number, e.actor, e.kind, e.detail from glancy.incident_event e
                where e.incident_id = @incident
              union all
              select t.at, t.seq, t.actor, @Run, jsonb_build_object('run', 'R-' || t.run_id, 'what', t.kind)
                from glancy.incident i, glancy.run_event t join glancy.run r on r.id = t.run_id
               where i.id = @incident and t.step is null and t.kind not in ('run-waits', 'run-waits-for-key') and {Ours}
              union all
              select t.at, t.number, t.actor, t.kind, jsonb_build_object('target', t.target, 'before', t.prior,
                'value', t.value)
                from glancy.incident i, (
                  select l.since as at, l.id as number, l.owner as actor, @Switched as kind, l.target, l.prior,
                    l.value, l.run_id from glancy.lease l
                  union all
                  select l.released_at, l.id, coalesce(l.ended_by, l.owner), @Back, l.target, l.value, l.prior,
                    coalesce(l.ended_run, l.run_id) from glancy.lease l where l.ended_how = 'Reverted') t
                left join glancy.run r on r.id = t.run_id
               where i.id = @incident and t.target like any(@switches) and {Ours}
              union all
              select t.at, t.number, @Alertmanager, t.kind, t.detail
                from glancy.incident i, (
                  select g.opened_at as at, g.id as number, @Alert as kind, {Named} as detail, coalesce(g.resolved_at,
                    'infinity') as until from glancy.alert_group g where g.card = 'own'
                  union all
                  select g.resolved_at, g.id, @AlertOver, {Named}, 'infinity' from glancy.alert_group g
                    where g.card = 'own'
                  union all
                  select g.verified_at, g.id, @AlertVerified, {Named}, 'infinity' from glancy.alert_group g
                    where g.card = 'own'
                  union all
                  select s.opened_at, s.id, @Storm, jsonb_build_object('count', (select count(*)
                    from glancy.alert_group g where g.storm_id = s.id)::text), s.last_at from glancy.alert_storm s) t
               where i.id = @incident and t.at <= coalesce(i.closed_at, 'infinity') and (t.at >= i.opened_at
                 or (t.kind in (@Alert, @Storm) and t.until >= i.opened_at)) and {Alone})
            select at, actor, kind, detail::text as detail, count(*) over () as total from lines
              order by at desc, number desc limit @limit
            """,
            new
            {
                incident,
                limit,
                Run,
                Switched,
                Back,
                Alertmanager,
                Alert,
                AlertOver,
                AlertVerified,
                Storm,
                switches = targets.SwitchPatterns,
            },
            cancellationToken
        );
        var lines = rows.Reverse()
            .Select(r => new IncidentEvent(
                r.At,
                r.Actor,
                r.Kind,
                JsonSerializer.Deserialize<Dictionary<string, string>>(r.Detail, BotDatabase.Json) ?? []
            ))
            .ToList();
        return new Timeline(lines, rows.Count == 0 ? 0 : (int)rows[0].Total - rows.Count);
    }

    private sealed record Row
    {
        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Detail { get; init; } = "{}";

        public long Total { get; init; }
    }
}
