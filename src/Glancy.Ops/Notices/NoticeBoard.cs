using System.Globalization;
using System.Text.Json;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Notices;

/// <summary>A card, post or page as a row; the terminal shows it, a channel delivers it.</summary>
public sealed record Notice
{
    public required long Id { get; init; }

    /// <summary>One per thing said: the same key is said once, a card's and an output's is revised.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// <c>card</c>, <c>post</c>, <c>page</c>, <c>output</c> for what a step prints, or <c>direct</c> for the one person
    /// that the argument <c>to</c> names.
    /// </summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Which words; they are put by the one who shows it.</summary>
    public required string Template { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required long? RunId { get; init; }

    public required int Revision { get; init; }

    /// <summary>
    /// The key of the notice in whose thread it stands; null for the card of its run, or the channel itself.
    /// </summary>
    public string? Under { get; init; }

    /// <summary>Who has taken what it asks for, and when; null as long as it still asks.</summary>
    public (string By, DateTimeOffset At)? Handled =>
        Arguments.TryGetValue(HandledBy, out var by)
        && DateTimeOffset.TryParse(
            Arguments.GetValueOrDefault(HandledAt),
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var at
        )
            ? (by, at)
            : null;

    internal const string HandledBy = "handled_by";
    internal const string HandledAt = "handled_at";

    /// <summary>Whether it changes where it stands: a card with its run, an output as it grows.</summary>
    public bool IsRevised => Kind is "card" or "output";

    /// <summary>Whether somebody is called by it: it goes first, and rather twice than never.</summary>
    public bool IsUrgent => Kind is "page" or "direct";
}

/// <summary>What is to be said, before it has a number.</summary>
public sealed record NoticeDraft(
    string Key,
    string Kind,
    string Template,
    IReadOnlyDictionary<string, string> Arguments,
    long? RunId = null,
    string? Under = null
);

/// <summary>
/// Where everything the bot says by itself is written first, in the same transaction as what it speaks of.
/// </summary>
public sealed class NoticeBoard(BotDatabase database, TimeProvider clock)
{
    /// <summary>A revision that no notice reaches.</summary>
    public const int Never = int.MaxValue;

    /// <summary>Says it: a post or page once for its key, a card or an output anew with the next revision.</summary>
    public Task PutAsync(Transaction transaction, NoticeDraft notice)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(notice);
        return transaction.ExecuteAsync(
            """
            insert into glancy.notice (key, kind, at, template, arguments, run_id, under)
            values (@Key, @Kind, @at, @Template, @arguments, @RunId, @Under)
            on conflict (key) do update
               set template = excluded.template, arguments = excluded.arguments, run_id = excluded.run_id, at =
                 excluded.at,
                   revision = glancy.notice.revision + 1
             where glancy.notice.kind in ('card', 'output')
            """,
            new
            {
                notice.Key,
                notice.Kind,
                at = clock.GetUtcNow().ToUniversalTime(),
                notice.Template,
                arguments = Jsonb.Of(notice.Arguments),
                notice.RunId,
                notice.Under,
            }
        );
    }

    /// <summary>The card that shows a run is drawn anew: what it tells beside the run has changed.</summary>
    public Task RedrawAsync(Transaction transaction, long run)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            "update glancy.notice set revision = revision + 1, at = @at where kind = 'card' and run_id = @run",
            new { run, at = clock.GetUtcNow().ToUniversalTime() }
        );
    }

    /// <summary>
    /// What pages about a run asked for is done or past: each that was brought is drawn anew, without its buttons.
    /// </summary>
    public static Task HandledAsync(Transaction transaction, long run)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            """
            update glancy.notice set revision = revision + 1
             where kind = 'page' and run_id = @run and delivered between 1 and @Never - 1
            """,
            new { run, Never }
        );
    }

    /// <summary>The same for the calls of an incident, which say who has it by now.</summary>
    /// <param name="card">The key of the incident's card: its calls are younger.</param>
    public Task HandledAsync(Transaction transaction, string incident, string card, string person)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var by = new Dictionary<string, string>
        {
            [Notice.HandledBy] = person,
            [Notice.HandledAt] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        };
        return transaction.ExecuteAsync(
            """
            update glancy.notice set revision = revision + 1, arguments = arguments || @by
             where id > coalesce((select id from glancy.notice where key = @card), 0) and kind in ('page', 'direct')
               and arguments ->> 'incident' = @incident and not arguments ? @HandledBy
               and delivered between 1 and @Never - 1
            """,
            new
            {
                incident,
                card,
                by = Jsonb.Of(by),
                Notice.HandledBy,
                Never,
            }
        );
    }

    /// <summary>
    /// Their channel has this revision, or has no use for it; with the newest, nobody looks at it any more.
    /// </summary>
    /// <param name="revision">Zero: it is brought anew. <see cref="Never"/>: it is not brought at all.</param>
    public static Task DeliveredAsync(Transaction transaction, int revision, params string[] keys)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            "update glancy.notice set delivered = @revision where key = any(@keys)",
            new { keys, revision }
        );
    }

    /// <summary>
    /// Oldest first, after the given number; with <paramref name="afterId"/> zero, the newest <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<Notice>> ListAsync(long afterId, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            """
            select * from (
              select id, key, kind, at, template, arguments::text as arguments, run_id, revision, under
                from glancy.notice where id > @afterId order by id desc limit @limit) newest
             order by id
            """,
            new { afterId, limit },
            cancellationToken
        );
        return [.. rows.Select(Of)];
    }

    /// <summary>As it says now; null when there is none of that key.</summary>
    public async Task<Notice?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            "select id, key, kind, at, template, arguments::text as arguments, run_id, revision, under from "
                + "glancy.notice where key = @key",
            new { key },
            cancellationToken
        );
        return rows is [var row] ? Of(row) : null;
    }

    private static Notice Of(Row row) =>
        new()
        {
            Id = row.Id,
            Key = row.Key,
            Kind = row.Kind,
            At = row.At,
            Template = row.Template,
            Arguments = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Arguments, BotDatabase.Json) ?? [],
            RunId = row.Run_Id,
            Revision = row.Revision,
            Under = row.Under,
        };

    private sealed record Row
    {
        public long Id { get; init; }

        public string Key { get; init; } = "";

        public string Kind { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public string Template { get; init; } = "";

        public string Arguments { get; init; } = "{}";

        public long? Run_Id { get; init; }

        public int Revision { get; init; }

        public string? Under { get; init; }
    }
}
