namespace Glancy.Ops.Kernel.Database;

/// <summary>A duty that this replica has for now.</summary>
/// <param name="LookedAt">World time of the last look that was written down; null when there was none.</param>
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
public sealed record HeldDuty(DateTimeOffset? LookedAt, Claim Claim);

/// <summary>
/// What one replica does for all: a claim on the duty's row, renewed by asking again. What fails rests the longer, the
/// oftener it failed; it is never given up, since nobody else does it.
/// </summary>
public sealed class LeaderClaims(BotDatabase database)
{
    /// <summary>What comes round again.</summary>
    public static readonly ClaimTable Queue = new("duty", "glancy.duty", "name", "text")
    {
        Epoch = "epoch",
        LongestWait = TimeSpan.FromSeconds(30),
    };

    private const string Renewed = "d.owner = excluded.owner and d.lease_until >= clock_timestamp()";

    private readonly Claims claims = new(database, Queue);

    /// <summary>Takes or renews it; null while another replica has it, or it rests.</summary>
    public async Task<HeldDuty?> HoldAsync(
        string duty,
        string owner,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var held = await database.QueryAsync<Row>(
            $"""
            insert into glancy.duty as d (name, owner, lease_until, epoch, attempts)
            values (@duty, @owner, clock_timestamp() + @lease, 1, 1)
            on conflict (name) do update
               set owner = excluded.owner, lease_until = excluded.lease_until,
                   epoch = d.epoch + case when {Renewed} then 0 else 1 end,
                   attempts = d.attempts + case when {Renewed} then 0 else 1 end
             where ({Renewed}) or ({ClaimTable.Due("d")})
            returning looked_at, epoch, attempts
            """,
            new
            {
                duty,
                owner,
                lease,
            },
            cancellationToken
        );
        return held is [var row] ? new HeldDuty(row.Looked_At, new Claim(duty, row.Epoch, row.Attempts)) : null;
    }

    /// <summary>
    /// Writes down that it was looked at, and that it went well. False when another replica has taken over.
    /// </summary>
    /// <param name="at">World time; null where no look is written down.</param>
    public async Task<bool> LookedAsync(HeldDuty held, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return await database.ExecuteAsync(
                $"""
                update glancy.duty set looked_at = coalesce(@at, looked_at), attempts = 0, next_at = null, trouble =
                  null
                 where {Queue.Held}
                """,
                new
                {
                    held.Claim.Key,
                    held.Claim.Epoch,
                    at = at?.ToUniversalTime(),
                },
                cancellationToken
            ) > 0;
    }

    /// <summary>It failed: it rests, and is anybody's then.</summary>
    public Task FailedAsync(HeldDuty held, string trouble, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return claims.FailedAsync(held.Claim, trouble, null, cancellationToken);
    }

    private sealed record Row
    {
        public DateTimeOffset? Looked_At { get; init; }

        public long Epoch { get; init; }

        public int Attempts { get; init; }
    }
}
