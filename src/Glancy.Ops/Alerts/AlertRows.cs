using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Alerts;

/// <summary>The rows of one group's alerts, read and written all at once: a group may have thousands.</summary>
internal static partial class AlertRows
{
    /// <param name="late">Real time in which an older word may still be on its way.</param>
    public static async Task<AlertStanding> ReadAsync(Transaction transaction, long group, TimeSpan late)
    {
        var rows = await transaction.QueryAsync<Row>(
            """
            select fingerprint, starts_at, status = 'firing' as firing, ends_at, labels::text, annotations::text,
              generator_url,
                   ended_before, heard_at > clock_timestamp() - @late as recent, listed, doubted_at, unknown_since,
                     heard_at
              from glancy.alert where group_id = @group
            """,
            new { group, late }
        );
        return new AlertStanding(rows.Select(row => row.Standing()));
    }

    public static Task<int> WriteAsync(Transaction transaction, long group, IReadOnlyList<StandingAlert> changed) =>
        transaction.ExecuteAsync(
            """
            insert into glancy.alert (group_id, fingerprint, starts_at, status, ends_at, labels, annotations,
              generator_url, ended_before, listed, doubted_at, unknown_since)
            select @group, r.fingerprint, r.starts, r.status, r.ends, r.labels, r.annotations, r.generator, r.before,
              r.listed, r.doubted, r.unknown
              from jsonb_to_recordset(@rows) as r(fingerprint text, starts timestamptz, status text, ends timestamptz,
                labels jsonb, annotations jsonb, generator text,
                                                  before timestamptz, listed boolean, doubted timestamptz, unknown
                                                    timestamptz)
                on conflict (group_id, fingerprint, starts_at) do update
               set status = excluded.status, ends_at = excluded.ends_at, labels = excluded.labels, annotations =
                 excluded.annotations,
                   generator_url = excluded.generator_url, ended_before = excluded.ended_before, listed =
                     excluded.listed,
                   doubted_at = excluded.doubted_at, unknown_since = excluded.unknown_since, heard_at =
                     clock_timestamp()
            """,
            new
            {
                group,
                rows = Jsonb.Of(
                    changed.Select(c => new
                    {
                        fingerprint = c.Fact.Fingerprint,
                        starts = c.Fact.StartsAt.ToUniversalTime(),
                        status = c.Firing ? "firing" : "resolved",
                        ends = c.Fact.EndsAt?.ToUniversalTime(),
                        labels = c.Fact.Labels,
                        annotations = c.Fact.Annotations,
                        generator = c.Fact.GeneratorUrl,
                        before = c.EndedBefore?.ToUniversalTime(),
                        listed = c.Listed,
                        doubted = c.DoubtedAt?.ToUniversalTime(),
                        unknown = c.UnknownSince?.ToUniversalTime(),
                    })
                ),
            }
        );

    /// <summary>
    /// Whatever is still in doubt although it was asked for is unknown from then on; the groups of which it is so now.
    /// </summary>
    public static Task<IReadOnlyList<long>> DoubtAsync(Transaction transaction, DateTimeOffset askedAt) =>
        transaction.QueryAsync<long>(
            """
            with unknown as (
              update glancy.alert set unknown_since = doubted_at
               where status = 'firing' and doubted_at is not null and unknown_since is null
                 and heard_at < @askedAt returning group_id)
            select distinct group_id from unknown order by 1
            """,
            new { askedAt = askedAt.ToUniversalTime() }
        );

    private sealed record Row
    {
        public string Fingerprint { get; init; } = "";

        public DateTimeOffset Starts_At { get; init; }

        public bool Firing { get; init; }

        public DateTimeOffset? Ends_At { get; init; }

        public string Labels { get; init; } = "{}";

        public string Annotations { get; init; } = "{}";

        public string Generator_Url { get; init; } = "";

        public DateTimeOffset? Ended_Before { get; init; }

        public bool Recent { get; init; }

        public bool Listed { get; init; }

        public DateTimeOffset? Doubted_At { get; init; }

        public DateTimeOffset? Unknown_Since { get; init; }

        public DateTimeOffset Heard_At { get; init; }

        public StandingAlert Standing() =>
            new(
                new AlertFact(
                    Fingerprint,
                    Firing,
                    Starts_At,
                    Ends_At,
                    AlertStore.Pairs(Labels),
                    AlertStore.Pairs(Annotations),
                    Generator_Url
                ),
                Ended_Before,
                Recent,
                Listed,
                Doubted_At,
                Unknown_Since,
                Heard_At
            );
    }
}
