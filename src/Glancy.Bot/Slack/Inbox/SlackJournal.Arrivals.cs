namespace Glancy.Bot.Slack.Inbox;

/// <summary>What became of a delivery that was to be written down.</summary>
internal enum SlackJournalled
{
    New,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>Too much of the same person waits: it was not written down.</summary>
    TooMany,
}

/// <content>Writing down what arrives.</content>
internal sealed partial class SlackJournal
{
    /// <summary>Writes deliveries down, all of them or none; what became of each, in their order.</summary>
    public async Task<IReadOnlyList<SlackJournalled>> AddAsync(
        IReadOnlyList<SlackArrival> arrivals,
        CancellationToken cancellationToken
    )
    {
        string[] keys = [.. arrivals.Select(a => a.Delivery.Request.DedupeKey)];
        var added = await database.QueryAsync<string>(
            """
            with given as (
              select distinct on (key) * from unnest(@keys, @kinds, @bodies, @held, @persons, @lanes)
                with ordinality as g(key, kind, body, held, person, lane, place) order by key, place),
            fresh as (
              select g.*, row_number() over (partition by person, lane order by place) as nth from given g
               where not exists (select 1 from glancy.slack_inbox k where k.dedupe_key = g.key))
            insert into glancy.slack_inbox (dedupe_key, kind, raw_body, next_at, person, lane)
            select key, kind, body, clock_timestamp() + held, person, lane from fresh f
             where person = '' or nth + (select count(*) from glancy.slack_inbox w where w.finished_at is null
               and w.person = f.person and w.lane = f.lane) <= @MostWaiting
             order by place
            on conflict (dedupe_key) do nothing returning dedupe_key
            """,
            new
            {
                keys,
                kinds = arrivals.Select(a => a.Delivery.Kind.ToString()).ToArray(),
                bodies = arrivals.Select(a => a.Delivery.RawBody).ToArray(),
                held = arrivals.Select(a => a.Held).ToArray(),
                persons = arrivals.Select(a => a.Person).ToArray(),
                lanes = arrivals.Select(a => (int)a.Urgency).ToArray(),
                MostWaiting,
            },
            cancellationToken
        );
        var mine = added.ToHashSet(StringComparer.Ordinal);
        string[] others = [.. keys.Where(key => !mine.Contains(key))];
        var known =
            others.Length == 0
                ? []
                : await database.QueryAsync<string>(
                    "select dedupe_key from glancy.slack_inbox where dedupe_key = any(@others)",
                    new { others },
                    cancellationToken
                );

        // The same delivered twice at once is new once.
        return
        [
            .. keys.Select(key =>
                mine.Remove(key) ? SlackJournalled.New
                : added.Contains(key) || known.Contains(key) ? SlackJournalled.Known
                : SlackJournalled.TooMany
            ),
        ];
    }
}
