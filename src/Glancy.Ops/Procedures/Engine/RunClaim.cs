using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>The right to work on one run: who, and the epoch that fences every write.</summary>
public sealed record RunClaim(long RunId, long Epoch, string Owner);

/// <summary>Somebody else has the run now; whatever was about to be written must not be.</summary>
public sealed class ClaimLostException(long runId, long epoch)
    : Exception($"The lease on run {runId} with epoch {epoch} is gone.");

/// <summary>
/// Row leases on runs, judged by the database's clock (rule 2). A claim raises the epoch; every later write carries it.
/// </summary>
public sealed class RunClaims(BotDatabase database, TimeProvider clock)
{
    /// <summary>Takes one run that is due and nobody's; null when there is none.</summary>
    public async Task<RunClaim?> TakeAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Skip locked: two replicas looking at once take two different runs, or one of them none.
        var rows = await database.QueryAsync<ClaimRow>(
            """
            update glancy.run set owner = @owner, epoch = epoch + 1, lease_until = clock_timestamp() + @lease
             where id = (select id from glancy.run
                          where due_at <= @now and (lease_until is null or lease_until < clock_timestamp())
                          order by due_at limit 1 for update skip locked)
            returning id, epoch
            """,
            new { owner, lease, now = clock.GetUtcNow().ToUniversalTime() },
            cancellationToken);
        return rows.Count == 0 ? null : new RunClaim(rows[0].Id, rows[0].Epoch, owner);
    }

    /// <summary>Makes the lease last anew; false when it is no longer ours.</summary>
    public async Task<bool> RenewAsync(RunClaim claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await database.ExecuteAsync(
            "update glancy.run set lease_until = clock_timestamp() + @lease where id = @RunId and epoch = @Epoch and owner = @Owner",
            new { claim.RunId, claim.Epoch, claim.Owner, lease },
            cancellationToken) == 1;
    }

    /// <summary>Lets go; the run is looked at again at its due time.</summary>
    public Task ReleaseAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return database.ExecuteAsync(
            "update glancy.run set owner = null, lease_until = null where id = @RunId and epoch = @Epoch and owner = @Owner",
            new { claim.RunId, claim.Epoch, claim.Owner },
            cancellationToken);
    }

    private sealed record ClaimRow
    {
        public long Id { get; init; }

        public long Epoch { get; init; }
    }
}
