using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>An override that somebody entered, and not the runbook's files.</summary>
/// <param name="Kind"><c>take-over</c>: the person took the role; <c>override</c>: somebody gave it.</param>
/// <param name="By">Who entered it.</param>
/// <param name="EndedAt">When it was given back before its time; null when it was not.</param>
public sealed record EnteredOverride(
    long Id,
    string Kind,
    RosterOverride Change,
    string By,
    DateTimeOffset At,
    DateTimeOffset? EndedAt,
    string? EndedBy
)
{
    /// <summary><c>O-3</c></summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"O-{Id}");

    /// <summary>For the time in which it counts, which ends when it is given back.</summary>
    public RosterOverride Counted => EndedAt is { } ended && ended < Change.To ? Change with { To = ended } : Change;
}

/// <summary>What the resolver asks for beside the runbook's roster.</summary>
public interface IRosterOverrides
{
    /// <summary>Those that count at an instant, the weakest first.</summary>
    Task<IReadOnlyList<EnteredOverride>> AtAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Those that count now or later, the first to begin first.</summary>
    Task<IReadOnlyList<EnteredOverride>> FromAsync(DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>
/// Overrides that people enter: each stronger than the runbook's roster and than those entered before it.
/// </summary>
internal sealed class RosterOverrides(BotDatabase database) : IRosterOverrides
{
    private const string Columns =
        "select id, kind, role, person, from_at, to_at, reason, by_person, at, ended_at, ended_by from "
        + "glancy.roster_override";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EnteredOverride>> AtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        Of(
            await database.QueryAsync<Row>(
                Columns + " where from_at <= @at and @at < to_at and (ended_at is null or ended_at > @at) order by id",
                new { at = at.ToUniversalTime() },
                cancellationToken
            )
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EnteredOverride>> FromAsync(
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Of(
            await database.QueryAsync<Row>(
                Columns + " where to_at > @at and ended_at is null order by from_at, id",
                new { at = at.ToUniversalTime() },
                cancellationToken
            )
        );

    /// <summary>One, held until the transaction ends; null when there is none.</summary>
    internal static async Task<EnteredOverride?> HoldAsync(Transaction transaction, long id) =>
        Of(await transaction.QueryAsync<Row>(Columns + " where id = @id for update", new { id })) is [var one]
            ? one
            : null;

    internal static async Task<EnteredOverride> AddAsync(
        Transaction transaction,
        string kind,
        RosterOverride change,
        string by,
        DateTimeOffset at
    )
    {
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.roster_override (kind, role, person, from_at, to_at, reason, by_person, at)
            values (@kind, @Role, @Person, @from, @to, @Reason, @by, @at) returning id
            """,
            new
            {
                kind,
                change.Role,
                change.Person,
                from = change.From.ToUniversalTime(),
                to = change.To.ToUniversalTime(),
                change.Reason,
                by,
                at = at.ToUniversalTime(),
            }
        );
        return new EnteredOverride(ids[0], kind, change, by, at, null, null);
    }

    internal static Task EndAsync(Transaction transaction, long id, string by, DateTimeOffset at) =>
        transaction.ExecuteAsync(
            "update glancy.roster_override set ended_at = @at, ended_by = @by where id = @id",
            new
            {
                id,
                by,
                at = at.ToUniversalTime(),
            }
        );

    private static List<EnteredOverride> Of(IEnumerable<Row> rows) =>
        [
            .. rows.Select(r => new EnteredOverride(
                r.Id,
                r.Kind,
                new RosterOverride(r.Role, r.Person, r.From_At, r.To_At, r.Reason),
                r.By_Person,
                r.At,
                r.Ended_At,
                r.Ended_By
            )),
        ];

    private sealed record Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Role { get; init; } = "";

        public string Person { get; init; } = "";

        public DateTimeOffset From_At { get; init; }

        public DateTimeOffset To_At { get; init; }

        public string Reason { get; init; } = "";

        public string By_Person { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public DateTimeOffset? Ended_At { get; init; }

        public string? Ended_By { get; init; }
    }
}
