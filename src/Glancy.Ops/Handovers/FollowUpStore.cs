using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Handovers;

/// <summary>Reads what is to be followed up.</summary>
public sealed class FollowUpStore(BotDatabase database)
{
    private const string Columns = "select id, words, link, by, at, done_at, done_by from glancy.follow_up";

    /// <summary>What is open, the oldest first.</summary>
    public async Task<IReadOnlyList<FollowUp>> OpenAsync(CancellationToken cancellationToken) =>
        [
            .. (
                await database.QueryAsync<Row>(Columns + " where done_at is null order by id", null, cancellationToken)
            ).Select(r => r.Item),
        ];

    /// <summary>
    /// One, and by whom it is done already, held until the transaction ends; null when there is none.
    /// </summary>
    internal static async Task<(FollowUp Item, HandoverMark? Done)?> HoldAsync(Transaction transaction, long id) =>
        await transaction.QueryAsync<Row>(Columns + " where id = @id for update", new { id }) is [var row]
            ? (row.Item, row is { Done_At: { } at, Done_By: { } by } ? new HandoverMark(at, by) : null)
            : null;

    private sealed record Row
    {
        public long Id { get; init; }

        public string Words { get; init; } = "";

        public string? Link { get; init; }

        public string By { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public DateTimeOffset? Done_At { get; init; }

        public string? Done_By { get; init; }

        public FollowUp Item => new(Id, Words, Link, By, At);
    }
}
