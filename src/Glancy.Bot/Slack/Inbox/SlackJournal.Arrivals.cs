using Glancy.Ops.Kernel.Database;

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
    public static IReadOnlyList<SlackJournalled> Add(HeldConnection connection, IReadOnlyList<SlackArrival> arrivals)
    {
        string[] keys = [.. arrivals.Select(a => a.Delivery.Request.DedupeKey)];
        var added = connection.Query<string>(
            $"""
            insert into glancy.slack_inbox (dedupe_key, kind, raw_body, next_at, person, lane)
            select g.key, g.kind, g.body, clock_timestamp() + g.held, g.person, g.lane
              from unnest(@keys, @kinds, @bodies, @held, @persons, @lanes, @nth)
                   with ordinality as g(key, kind, body, held, person, lane, nth, place)
             where g.person = '' or g.nth + (select count(*) from glancy.slack_inbox w
               where {WaitingPerson} = g.person and w.lane = g.lane) <= @MostWaiting
             order by g.place
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
                nth = Nth(arrivals),
                MostWaiting,
            }
        );
        var mine = added.ToHashSet(StringComparer.Ordinal);
        string[] others = [.. keys.Where(key => !mine.Contains(key))];
        var known =
            others.Length == 0
                ? []
                : connection.Query<string>(
                    "select dedupe_key from glancy.slack_inbox where dedupe_key = any(@others)",
                    new { others }
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

    // Which of its person's in its lane each is, of those that arrive together. What is known already counts too: who
    // is at the limit that very moment is told so a delivery early.
    private static int[] Nth(IReadOnlyList<SlackArrival> arrivals)
    {
        var counts = new Dictionary<(string Person, SlackUrgency Lane), int>();
        return
        [
            .. arrivals.Select(a =>
                counts[(a.Person, a.Urgency)] = counts.GetValueOrDefault((a.Person, a.Urgency)) + 1
            ),
        ];
    }
}
