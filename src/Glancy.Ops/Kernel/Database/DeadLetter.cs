namespace Glancy.Ops.Kernel.Database;

/// <summary>
/// Something whose work failed each time, and that is not tried any more until somebody takes it up again.
/// </summary>
/// <param name="Queue">What kind: <c>delivery</c>, <c>post</c>, <c>picture</c>, <c>call</c>.</param>
/// <param name="Number">Its number in its queue.</param>
/// <param name="About">What it is about, by codes and names.</param>
/// <param name="Trouble">The last error; a code where there is one.</param>
/// <param name="At">When it was given up, real time.</param>
public sealed record DeadLetter(
    string Queue,
    long Number,
    string About,
    string Trouble,
    int Attempts,
    DateTimeOffset At
)
{
    /// <summary><c>delivery-12</c></summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Queue}-{Number}");
}

/// <summary>What a queue has given up.</summary>
public interface IDeadLetters
{
    /// <summary>Unique among the queues.</summary>
    string Queue { get; }

    /// <summary>Those of the last days, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>How many of the last days there are.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes it up again. False when there is none of that number, or nothing would come of it any more.
    /// </summary>
    Task<bool> TakeUpAsync(Transaction transaction, long number);

    /// <summary>Nobody wants it any more. False when there is none of that number.</summary>
    Task<bool> DropAsync(Transaction transaction, long number);
}

/// <summary>What one queue has given up, as its rows say.</summary>
public class DeadLetters(BotDatabase database, ClaimTable queue) : IDeadLetters
{
    // What nobody has taken up again by then, nobody will.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Queue => queue.Name;

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            $"""
            select {queue.Number} as number, {queue.About} as about, coalesce(q.trouble, '') as trouble,
                   q.attempts, q.given_up_at
              from {queue.Table} q where q.given_up_at > clock_timestamp() - @Kept
             order by q.given_up_at desc, 1 desc limit @limit
            """,
            new { Kept, limit },
            cancellationToken
        );
        return [.. rows.Select(r => new DeadLetter(Queue, r.Number, r.About, r.Trouble, r.Attempts, r.Given_Up_At))];
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<int>(
                $"select count(*)::int from {queue.Table} where given_up_at > clock_timestamp() - @Kept",
                new { Kept },
                cancellationToken
            )
        )[0];

    public virtual Task<bool> TakeUpAsync(Transaction transaction, long number)
    {
        var also = queue.Begun.Length == 0 ? "" : queue.Begun + ", ";
        return SetAsync(
            transaction,
            $"{also}attempts = {queue.BegunAt}, given_up_at = null, trouble = null, lease_until = null, next_at = "
                + $"clock_timestamp()",
            number
        );
    }

    public Task<bool> DropAsync(Transaction transaction, long number) =>
        SetAsync(transaction, "given_up_at = null", number);

    private async Task<bool> SetAsync(Transaction transaction, string set, long number)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.ExecuteAsync(
                $"update {queue.Table} q set {set} where {queue.Number} = @number and q.given_up_at is not null",
                new { number }
            ) > 0;
    }

    private sealed record Row
    {
        public long Number { get; init; }

        public string About { get; init; } = "";

        public string Trouble { get; init; } = "";

        public int Attempts { get; init; }

        public DateTimeOffset Given_Up_At { get; init; }
    }
}
