namespace Glancy.Ops.Kernel.Database;

/// <summary>
/// Claims on the rows of one queue. Which row is next is the queue's own question; that one replica has it, for how
/// long, how it is tried again and when it is given up is answered here for all of them.
/// </summary>
/// <remarks>
/// A lease ends by the database's clock, so a holder that stands still may wake up after it: every write is fenced by
/// the epoch, which the next claim has raised (see Kleppmann, "How to do distributed locking").
/// </remarks>
public sealed class Claims(BotDatabase database, ClaimTable queue)
{
    /// <summary>Takes the row that a query names; its columns, empty when there is none.</summary>
    /// <param name="next">Selects the key of one row, locked and skipping what is locked: two who look at once take two
    /// rows.</param>
    /// <param name="returning">Columns of the row, which is called <c>q</c>.</param>
    /// <param name="parameters">Those of the query, and <c>owner</c> and <c>lease</c>.</param>
    public Task<IReadOnlyList<T>> TakeAsync<T>(
        string next,
        string returning,
        object parameters,
        CancellationToken cancellationToken
    ) =>
        database.QueryAsync<T>(
            $"update {queue.Table} q set {queue.Taken("q")} where q.{queue.Key} = ({next}) returning {returning}",
            parameters,
            cancellationToken
        );

    /// <summary>Makes the lease last anew; false when it is no longer ours.</summary>
    /// <param name="thrives">It has lived longer than what kills its holder would have let it: what was counted before
    /// counts no more.</param>
    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, bool thrives, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return WriteAsync(
            "lease_until = clock_timestamp() + @lease, attempts = case when @thrives then 1 else attempts end",
            claim,
            new
            {
                claim.Key,
                claim.Epoch,
                lease,
                thrives,
            },
            cancellationToken
        );
    }

    /// <summary>It went well, and is looked at again when it is due. False when it is no longer ours.</summary>
    public Task<bool> LetGoAsync(Claim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return WriteAsync(
            ClaimTable.Well + ", next_at = null",
            claim,
            new { claim.Key, claim.Epoch },
            cancellationToken
        );
    }

    /// <summary>It failed, and is tried again later: twice as long after each attempt.</summary>
    /// <param name="wait">Null: as the queue says.</param>
    public Task<bool> FailedAsync(Claim claim, string trouble, TimeSpan? wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return WriteAsync(
            ClaimTable.Failed,
            claim,
            new
            {
                claim.Key,
                claim.Epoch,
                trouble,
                wait = wait ?? queue.Wait(claim.Attempts),
            },
            cancellationToken
        );
    }

    /// <summary>Nobody takes it any more until somebody says so. False when another replica has taken over.</summary>
    public async Task<bool> GiveUpAsync(Transaction transaction, Claim claim, string trouble)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(claim);
        var given =
            await transaction.ExecuteAsync(
                $"update {queue.Table} set {And(queue.Ended)}given_up_at = clock_timestamp(), trouble = @trouble "
                    + $"where {queue.Held}",
                new
                {
                    claim.Key,
                    claim.Epoch,
                    trouble,
                }
            ) > 0;
        if (given)
        {
            ClaimMeter.GivenUp(queue.Name);
        }

        return given;
    }

    private async Task<bool> WriteAsync(string set, Claim claim, object parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await database.ExecuteAsync(
                $"update {queue.Table} set {set} where {queue.Held}",
                parameters,
                cancellationToken
            ) > 0;
    }

    private static string And(string sets) => sets.Length == 0 ? "" : sets + ", ";
}
