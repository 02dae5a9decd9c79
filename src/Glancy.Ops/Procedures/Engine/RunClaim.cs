using System.Globalization;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>The right to work on one run: who, and the epoch that fences every write.</summary>
/// <param name="Attempts">Claims since something last came of one, this one among them.</param>
public sealed record RunClaim(long RunId, long Epoch, string Owner, int Attempts = 1)
{
    /// <summary>The same, as every queue has it.</summary>
    internal Claim Held => new(RunId.ToString(CultureInfo.InvariantCulture), Epoch, Attempts);
}

/// <summary>Somebody else has the run now; whatever was about to be written must not be.</summary>
internal sealed class ClaimLostException(long runId, long epoch)
    : Exception($"The lease on run {runId} with epoch {epoch} is gone.");

/// <summary>
/// Row leases on runs, judged by the database's clock (rule 2). A claim raises the epoch; every later write carries it.
/// </summary>
internal sealed class RunClaims(BotDatabase database, TimeProvider clock)
{
    /// <summary>What is claimed here.</summary>
    public static ClaimTable Queue => RunStore.Queue;

    private readonly Claims claims = new(database, Queue);

    /// <summary>Takes one run that is due and nobody's; null when there is none.</summary>
    public async Task<RunClaim?> TakeAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var rows = await claims.TakeAsync<ClaimRow>(
            RunStore.Next,
            "q.id, q.epoch, q.attempts",
            new
            {
                owner,
                lease,
                now,
            },
            cancellationToken
        );
        return rows is [var row] ? new RunClaim(row.Id, row.Epoch, owner, row.Attempts) : null;
    }

    /// <summary>Makes the lease last anew; false when it is no longer ours.</summary>
    /// <param name="thrives">It has lasted a whole lease: what the run reads does not kill who reads it.</param>
    public Task<bool> RenewAsync(
        RunClaim claim,
        TimeSpan lease,
        CancellationToken cancellationToken,
        bool thrives = false
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claims.RenewAsync(claim.Held, lease, thrives, cancellationToken);
    }

    /// <summary>Lets go; the run is looked at again at its due time. False when it is no longer ours.</summary>
    public Task<bool> ReleaseAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claims.LetGoAsync(claim.Held, cancellationToken);
    }

    /// <summary>Working on it failed; it rests.</summary>
    public Task FailedAsync(RunClaim claim, string trouble, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claims.FailedAsync(claim.Held, trouble, null, cancellationToken);
    }

    private sealed record ClaimRow
    {
        public long Id { get; init; }

        public long Epoch { get; init; }

        public int Attempts { get; init; }
    }
}
