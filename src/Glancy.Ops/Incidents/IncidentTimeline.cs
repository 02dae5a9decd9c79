using System.Text.Json;
using Glancy.Ops.Database;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Incidents;

/// <summary>The newest lines of an incident, oldest first.</summary>
/// <param name="Earlier">How many there are before them.</param>
public sealed record Timeline(IReadOnlyList<IncidentEvent> Lines, int Earlier);

/// <summary>
/// What happened in an incident (C3): every word and call, every turn of a run, and every switch of a flag. Runs and switches count when
/// they are the incident's, and while no other incident was open also when they are nobody's.
/// </summary>
public sealed class IncidentTimeline(BotDatabase database)
{
    /// <summary>A run's line; its facts say which and what became of it.</summary>
    public const string Run = "run";

    /// <summary>A flag was switched, or is back.</summary>
    public const string Switched = "switched";

    /// <summary>A flag is back.</summary>
    public const string Back = "back";

    /// <summary>The newest <paramref name="limit"/>, from tables only.</summary>
    public async Task<Timeline> ReadAsync(string incident, int limit, CancellationToken cancellationToken)
    {
        // Whether a run or switch at that time is this one's: named so, or nobody's while it alone was open.
        const string Ours = "(r.incident_id = i.id or (r.incident_id is null and t.at >= i.opened_at and t.at <= coalesce(i.closed_at, 'infinity') and not exists ("
            + "select from glancy.incident o where o.id <> i.id and o.opened_at <= t.at and coalesce(o.closed_at, 'infinity') >= t.at)))";
        var rows = await database.QueryAsync<Row>(
            $"""
            with lines as (
              select e.at, e.seq as number, e.actor, e.kind, e.detail from glancy.incident_event e where e.incident_id = @incident
              union all
              select t.at, t.seq, t.actor, @Run, jsonb_build_object('run', 'R-' || t.run_id, 'what', t.kind)
                from glancy.incident i, glancy.run_event t join glancy.run r on r.id = t.run_id
               where i.id = @incident and t.step is null and t.kind not in ('run-waits', 'run-waits-for-key') and {Ours}
              union all
              select t.at, t.number, t.actor, t.kind, jsonb_build_object('target', t.target, 'before', t.prior, 'value', t.value)
                from glancy.incident i, (
                  select l.since as at, l.id as number, l.owner as actor, @Switched as kind, l.target, l.prior, l.value, l.run_id from glancy.lease l
                  union all
                  select l.released_at, l.id, coalesce(l.ended_by, l.owner), @Back, l.target, l.value, l.prior, coalesce(l.ended_run, l.run_id) from glancy.lease l where l.ended_how = 'Reverted') t
                left join glancy.run r on r.id = t.run_id
               where i.id = @incident and t.target like @switches and {Ours})
            select at, actor, kind, detail::text as detail, count(*) over () as total from lines order by at desc, number desc limit @limit
            """,
            new { incident, limit, Run, Switched, Back, switches = ControlledState.FlagPrefix + "%" },
            cancellationToken);
        var lines = rows.Reverse().Select(r => new IncidentEvent(r.At, r.Actor, r.Kind, JsonSerializer.Deserialize<Dictionary<string, string>>(r.Detail, BotDatabase.Json) ?? [])).ToList();
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
