namespace Glancy.Ops.Kernel.Database;

/// <summary>A duty that this replica has for now.</summary>
/// <param name="LookedAt">World time of the last look that was written down; null when there was none.</param>
public sealed record HeldDuty(DateTimeOffset? LookedAt);

/// <summary>What one replica does for all: a row lease by the database's clock, renewed by asking again.</summary>
public sealed class LeaderClaims(BotDatabase database)
{
    /// <summary>Takes or renews it; null while another replica has it.</summary>
    public async Task<HeldDuty?> HoldAsync(string duty, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var held = await database.QueryAsync<Row>(
            """
            insert into glancy.duty as d (name, owner, lease_until) values (@duty, @owner, clock_timestamp() + @lease)
            on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
             where d.owner = excluded.owner or d.lease_until < clock_timestamp()
            returning looked_at
            """,
            new { duty, owner, lease },
            cancellationToken);
        return held is [var row] ? new HeldDuty(row.Looked_At) : null;
    }

    /// <summary>Writes down that it was looked at.</summary>
    /// <param name="at">World time.</param>
    public Task LookedAsync(string duty, string owner, DateTimeOffset at, CancellationToken cancellationToken) => database.ExecuteAsync(
        "update glancy.duty set looked_at = @at where name = @duty and owner = @owner", new { duty, owner, at = at.ToUniversalTime() }, cancellationToken);

    private sealed record Row
    {
        public DateTimeOffset? Looked_At { get; init; }
    }
}
