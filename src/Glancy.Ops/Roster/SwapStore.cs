using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Roster;

/// <summary>Proposals as they are stored.</summary>
public sealed class SwapStore(BotDatabase database)
{
    /// <summary>The template of the card, drawn anew from the proposal as it stands.</summary>
    public const string CardTemplate = "card-swap";

    private const string Columns =
        "select id, by_person, with_person, give_role, give_from, give_to, take_role, take_from, take_to, reason, "
        + "at, ended_at, ended_by, accepted from glancy.roster_swap";

    /// <summary>By its name, <c>S-3</c> or <c>3</c>; null when there is none.</summary>
    public async Task<Swap?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return
            long.TryParse(
                name.StartsWith("S-", StringComparison.OrdinalIgnoreCase) ? name[2..] : name,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            ) && await database.QueryAsync<Row>(Columns + " where id = @id", new { id }, cancellationToken) is [var row]
            ? Of(row)
            : null;
    }

    /// <summary>Those that wait for an answer and can still be given one, the first to begin first.</summary>
    public async Task<IReadOnlyList<Swap>> OpenAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        [
            .. (
                await database.QueryAsync<Row>(
                    Columns + " where ended_at is null and least(give_from, take_from) > @now order by give_from, id",
                    new { now = now.ToUniversalTime() },
                    cancellationToken
                )
            ).Select(Of),
        ];

    /// <summary>The card of a proposal.</summary>
    public static NoticeDraft Card(Swap swap)
    {
        ArgumentNullException.ThrowIfNull(swap);
        return new NoticeDraft(
            "swap:" + swap.Name,
            "card",
            CardTemplate,
            new Dictionary<string, string>
            {
                ["swap"] = swap.Name,
                ["person"] = swap.By,
                ["given"] = swap.With,
            }
        );
    }

    /// <summary>One that is there, held until the transaction ends.</summary>
    internal static async Task<Swap> HoldAsync(Transaction transaction, long id) =>
        Of((await transaction.QueryAsync<Row>(Columns + " where id = @id for update", new { id }))[0]);

    internal static async Task<Swap> AddAsync(
        Transaction transaction,
        string by,
        string with,
        Turn give,
        Turn? take,
        string reason,
        DateTimeOffset at
    )
    {
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.roster_swap (by_person, with_person, give_role, give_from, give_to, take_role,
              take_from, take_to, reason, at)
            values (@by, @with, @giveRole, @giveFrom, @giveTo, @takeRole, @takeFrom, @takeTo, @reason, @at) returning id
            """,
            new
            {
                by,
                with,
                reason,
                at = at.ToUniversalTime(),
                giveRole = give.Role,
                giveFrom = give.From.ToUniversalTime(),
                giveTo = give.To.ToUniversalTime(),
                takeRole = take?.Role,
                takeFrom = take?.From.ToUniversalTime(),
                takeTo = take?.To.ToUniversalTime(),
            }
        );
        return new Swap(ids[0], by, with, give, take, reason, at, null);
    }

    internal static Task EndAsync(Transaction transaction, Swap swap) =>
        swap.Ended is { } end
            ? transaction.ExecuteAsync(
                "update glancy.roster_swap set ended_at = @at, ended_by = @By, accepted = @Accepted where id = @Id",
                new
                {
                    swap.Id,
                    at = end.At.ToUniversalTime(),
                    end.By,
                    end.Accepted,
                }
            )
            : throw new InvalidOperationException($"{swap.Name} has not ended.");

    private static Swap Of(Row row) =>
        new(
            row.Id,
            row.By_Person,
            row.With_Person,
            new Turn(row.Give_Role, row.Give_From, row.Give_To),
            row is { Take_Role: { } role, Take_From: { } from, Take_To: { } to } ? new Turn(role, from, to) : null,
            row.Reason,
            row.At,
            row is { Ended_At: { } at, Ended_By: { } by, Accepted: { } accepted } ? new SwapEnd(at, by, accepted) : null
        );

    private sealed record Row
    {
        public long Id { get; init; }

        public string By_Person { get; init; } = "";

        public string With_Person { get; init; } = "";

        public string Give_Role { get; init; } = "";

        public DateTimeOffset Give_From { get; init; }

        public DateTimeOffset Give_To { get; init; }

        public string? Take_Role { get; init; }

        public DateTimeOffset? Take_From { get; init; }

        public DateTimeOffset? Take_To { get; init; }

        public string Reason { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public DateTimeOffset? Ended_At { get; init; }

        public string? Ended_By { get; init; }

        public bool? Accepted { get; init; }
    }
}
