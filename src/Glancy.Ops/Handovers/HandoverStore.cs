using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;

namespace Glancy.Ops.Handovers;

/// <summary>Handovers as they are stored: one row per boundary, whoever opens it.</summary>
public sealed class HandoverStore(BotDatabase database) : IAcceptances
{
    private const string Columns =
        "select boundary, opened_at, facts::text as facts, accepted_at, accepted_by, clean_at, clean_by, "
        + "escalated_at, left_over from glancy.handover";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> AcceptedAsync(DateTimeOffset boundary, CancellationToken cancellationToken) =>
        (await GetAsync(boundary, cancellationToken))?.Accepted?.At;

    /// <summary>The one at a boundary; null when it is not opened.</summary>
    public async Task<Handover?> GetAsync(DateTimeOffset boundary, CancellationToken cancellationToken) =>
        Of(
            await database.QueryAsync<Row>(
                Columns + " where boundary = @boundary",
                new { boundary = boundary.ToUniversalTime() },
                cancellationToken
            )
        );

    /// <summary>The newest, or the newest before a boundary; null when there is none.</summary>
    public async Task<Handover?> NewestAsync(DateTimeOffset? before, CancellationToken cancellationToken) =>
        Of(
            await database.QueryAsync<Row>(
                Columns + " where @before::timestamptz is null or boundary < @before order by boundary desc limit 1",
                new { before = before?.ToUniversalTime() },
                cancellationToken
            )
        );

    /// <summary>
    /// In whose thread the posts of an instant's shift stand; null while there is no handover with a card.
    /// </summary>
    public async Task<string?> ThreadAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var boundaries = await database.QueryAsync<DateTime>(
            "select boundary from glancy.handover where boundary <= @at and facts is not null order by boundary desc "
                + "limit 1",
            new { at = at.ToUniversalTime() },
            cancellationToken
        );
        return boundaries is [var boundary] ? Handover.KeyOf(new DateTimeOffset(boundary, TimeSpan.Zero)) : null;
    }

    /// <summary>Held until the transaction ends; null when it is not opened.</summary>
    internal static async Task<Handover?> HoldAsync(Transaction transaction, DateTimeOffset boundary) =>
        Of(
            await transaction.QueryAsync<Row>(
                Columns + " where boundary = @boundary for update",
                new { boundary = boundary.ToUniversalTime() }
            )
        );

    /// <summary>False when it is there already.</summary>
    internal static async Task<bool> AddAsync(
        Transaction transaction,
        DateTimeOffset boundary,
        DateTimeOffset at,
        HandoverFacts? facts
    ) =>
        await transaction.ExecuteAsync(
            "insert into glancy.handover (boundary, opened_at, facts) values (@boundary, @at, @facts) on conflict "
                + "(boundary) do nothing",
            new
            {
                boundary = boundary.ToUniversalTime(),
                at = at.ToUniversalTime(),
                facts = Jsonb.OfNullable(facts),
            }
        ) == 1;

    /// <summary>Somebody has taken the shift over.</summary>
    /// <param name="clean">When nothing was in the way of its being clean; null when something is.</param>
    internal static Task<int> AcceptAsync(
        Transaction transaction,
        DateTimeOffset boundary,
        HandoverMark accepted,
        DateTimeOffset? clean,
        IReadOnlyList<string> left
    ) =>
        transaction.ExecuteAsync(
            """
            update glancy.handover
               set accepted_at = @now, accepted_by = @By, clean_at = @clean, left_over = @left,
                   clean_by = case when @clean::timestamptz is null then null else @By end
             where boundary = @boundary
            """,
            new
            {
                boundary = boundary.ToUniversalTime(),
                now = accepted.At.ToUniversalTime(),
                accepted.By,
                clean = clean?.ToUniversalTime(),
                left = left.ToArray(),
            }
        );

    /// <summary>Nothing of what was in the way is left.</summary>
    internal static Task<int> CleanAsync(
        Transaction transaction,
        DateTimeOffset boundary,
        HandoverMark clean,
        IReadOnlyList<string> left
    ) =>
        transaction.ExecuteAsync(
            "update glancy.handover set clean_at = @now, clean_by = @By, left_over = @left where boundary = @boundary",
            new
            {
                boundary = boundary.ToUniversalTime(),
                now = clean.At.ToUniversalTime(),
                clean.By,
                left = left.ToArray(),
            }
        );

    /// <summary>Nobody has taken it over in time. False when that was said before, or somebody has.</summary>
    internal static async Task<bool> EscalateAsync(
        Transaction transaction,
        DateTimeOffset boundary,
        DateTimeOffset now
    ) =>
        await transaction.ExecuteAsync(
            "update glancy.handover set escalated_at = @now where boundary = @boundary and escalated_at is null and "
                + "accepted_at is null",
            new { now = now.ToUniversalTime(), boundary = boundary.ToUniversalTime() }
        ) == 1;

    private static Handover? Of(IReadOnlyList<Row> rows) =>
        rows is [var row]
            ? new Handover(
                row.Boundary,
                row.Opened_At,
                row.Facts is { } facts ? JsonSerializer.Deserialize<HandoverFacts>(facts, BotDatabase.Json) : null,
                Mark(row.Accepted_At, row.Accepted_By),
                Mark(row.Clean_At, row.Clean_By),
                row.Escalated_At
            )
            {
                Left = row.Left_Over,
            }
            : null;

    private static HandoverMark? Mark(DateTimeOffset? at, string? by) =>
        at is { } when && by is not null ? new HandoverMark(when, by) : null;

    private sealed record Row
    {
        public DateTimeOffset Boundary { get; init; }

        public DateTimeOffset Opened_At { get; init; }

        public string? Facts { get; init; }

        public DateTimeOffset? Accepted_At { get; init; }

        public string? Accepted_By { get; init; }

        public DateTimeOffset? Clean_At { get; init; }

        public string? Clean_By { get; init; }

        public DateTimeOffset? Escalated_At { get; init; }

        public string[] Left_Over { get; init; } = [];
    }
}
