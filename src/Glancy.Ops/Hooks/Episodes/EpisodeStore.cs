using System.Text.Json;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Hooks.Episodes;

/// <summary>How the light of an open episode was when it was last looked at.</summary>
public enum EpisodeLight
{
    /// <summary>Good again, but not yet for three windows in a row.</summary>
    Green,
    Yellow,

    /// <summary>Not green, and by a switch of ours (rule 7).</summary>
    Explained,
    Unknown,
    Red,
}

/// <summary>One red light from first red until recovered (rule 8).</summary>
/// <param name="LastLight">An <see cref="EpisodeLight"/>.</param>
/// <param name="RunId">The run that is to cure it, or was.</param>
public sealed record Episode(
    long Id,
    string Hook,
    DateTimeOffset FirstRedAt,
    DateTimeOffset LastSeenAt,
    EpisodeLight LastLight,
    long? RunId
)
{
    /// <summary>Since when the watcher has found no open run that is to cure it; null while there is one.</summary>
    public DateTimeOffset? AloneSince { get; init; }

    /// <summary>Why the bot could not draft; null where it could, or may not ask again by itself.</summary>
    public Refusal? NoDraft { get; init; }

    /// <summary>How often those on call have been asked since then.</summary>
    public int Asked { get; init; }

    public DateTimeOffset? AskedAt { get; init; }
}

/// <summary>Open episodes as rows: at most one per hook, whoever looks.</summary>
public sealed class EpisodeStore(BotDatabase database) : IEpisodes
{
    private const string Columns =
        "select id, hook, first_red_at, last_seen_at, last_light, run_id, alone_since, no_draft::text as no_draft, "
        + "asked, asked_at from glancy.episode where ended_at is null";

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Episode>> OpenAsync(CancellationToken cancellationToken) =>
        [
            .. (await database.QueryAsync<Row>(Columns + " order by first_red_at, id", null, cancellationToken)).Select(
                Of
            ),
        ];

    /// <summary>Begins an episode; null when one is open already.</summary>
    public static async Task<long?> BeginAsync(Transaction transaction, string hook, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.episode (hook, first_red_at, last_seen_at, last_light) values (@hook, @at, @at, @light)
            on conflict (hook) where ended_at is null do nothing returning id
            """,
            new
            {
                hook,
                at = at.ToUniversalTime(),
                light = nameof(EpisodeLight.Red),
            }
        );
        return ids.Count == 0 ? null : ids[0];
    }

    /// <summary>Notes what was seen last.</summary>
    public Task SeenAsync(long id, EpisodeLight light, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "update glancy.episode set last_seen_at = @at, last_light = @light where id = @id and ended_at is null",
            new
            {
                id,
                at = at.ToUniversalTime(),
                light = light.ToString(),
            },
            cancellationToken
        );

    /// <summary>Ends an episode; true when it was open.</summary>
    public static async Task<bool> EndAsync(Transaction transaction, long id, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.ExecuteAsync(
                "update glancy.episode set ended_at = @at, last_seen_at = @at, last_light = @light where id = @id "
                    + "and ended_at is null",
                new
                {
                    id,
                    at = at.ToUniversalTime(),
                    light = nameof(EpisodeLight.Green),
                }
            ) == 1;
    }

    /// <inheritdoc/>
    public Task TieAsync(Transaction transaction, long episode, long run)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            "update glancy.episode set run_id = @run where id = @episode",
            new { run, episode }
        );
    }

    /// <summary>Ties an episode to the run that is to cure it.</summary>
    public Task TieAsync(long id, long run, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "update glancy.episode set run_id = @run where id = @id",
            new { id, run },
            cancellationToken
        );

    /// <summary>
    /// No open run is to cure it from now on, and why none is drafted; or one is again (<paramref name="since"/> null).
    /// True when that is news.
    /// </summary>
    public static async Task<bool> LeaveAloneAsync(
        Transaction transaction,
        Episode seen,
        DateTimeOffset? since,
        Refusal? noDraft
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(seen);
        return await transaction.ExecuteAsync(
                """
                update glancy.episode set alone_since = @since, no_draft = @noDraft,
                       asked = case when @since is null then 0 else asked end, asked_at = case when @since is null
                         then null else asked_at end
                 where id = @Id and ended_at is null and (alone_since is distinct from @since
                   or no_draft is distinct from @noDraft)
                """,
                new
                {
                    seen.Id,
                    since = since?.ToUniversalTime(),
                    noDraft = Jsonb.OfNullable(noDraft),
                }
            ) == 1;
    }

    /// <summary>Those on call are asked once more; false when somebody else has just done so.</summary>
    public static async Task<bool> AskAsync(Transaction transaction, Episode seen, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(seen);
        return await transaction.ExecuteAsync(
                "update glancy.episode set asked = asked + 1, asked_at = @at where id = @Id and ended_at is null and "
                    + "alone_since is not null and asked = @Asked",
                new
                {
                    seen.Id,
                    seen.Asked,
                    at = at.ToUniversalTime(),
                }
            ) == 1;
    }

    private static Episode Of(Row row) =>
        new(row.Id, row.Hook, row.First_Red_At, row.Last_Seen_At, Enum.Parse<EpisodeLight>(row.Last_Light), row.Run_Id)
        {
            AloneSince = row.Alone_Since,
            NoDraft = row.No_Draft is { } json ? JsonSerializer.Deserialize<Refusal>(json, BotDatabase.Json) : null,
            Asked = row.Asked,
            AskedAt = row.Asked_At,
        };

    private sealed record Row
    {
        public long Id { get; init; }

        public string Hook { get; init; } = "";

        public DateTimeOffset First_Red_At { get; init; }

        public DateTimeOffset Last_Seen_At { get; init; }

        public string Last_Light { get; init; } = "";

        public long? Run_Id { get; init; }

        public DateTimeOffset? Alone_Since { get; init; }

        public string? No_Draft { get; init; }

        public int Asked { get; init; }

        public DateTimeOffset? Asked_At { get; init; }
    }
}
