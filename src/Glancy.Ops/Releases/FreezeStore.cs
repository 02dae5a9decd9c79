using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Releases;

/// <summary>
/// The release train stands still: no promote, no free configuration change (rule 6). It outlives runs; only a thaw
/// lifts it.
/// </summary>
/// <param name="By">A person's id, or the bot.</param>
public sealed record Freeze(DateTimeOffset Since, string By, string Reason, long? RunId);

/// <summary>The freeze of the production train.</summary>
public sealed class FreezeStore(BotDatabase database)
{
    private const string Train = "prod";

    /// <summary>The standing freeze; null when the train may move.</summary>
    public async Task<Freeze?> GetAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            "select since, by, reason, run_id from glancy.freeze where train = @Train",
            new { Train },
            cancellationToken
        );
        return rows.Count == 0 ? null : new Freeze(rows[0].Since, rows[0].By, rows[0].Reason, rows[0].Run_Id);
    }

    /// <summary>
    /// Freezes; a standing freeze keeps its beginning and who set it. True when it was not frozen before.
    /// </summary>
    public static async Task<bool> SetAsync(Transaction transaction, Freeze freeze)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(freeze);
        await LockAsync(transaction);
        return await transaction.ExecuteAsync(
                "insert into glancy.freeze (train, since, by, reason, run_id) values (@Train, @since, @By, @Reason, "
                    + "@RunId) on conflict (train) do nothing",
                new
                {
                    Train,
                    since = freeze.Since.ToUniversalTime(),
                    freeze.By,
                    freeze.Reason,
                    freeze.RunId,
                }
            ) == 1;
    }

    /// <summary>
    /// Lifts exactly this freeze, unless a light turned red after it was looked at; false when it stands, or is another
    /// by now.
    /// </summary>
    /// <param name="lookedAt">Episodes that began later forbid it.</param>
    public static async Task<bool> LiftAsync(Transaction transaction, Freeze freeze, DateTimeOffset lookedAt)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(freeze);
        await LockAsync(transaction);
        return await transaction.ExecuteAsync(
                """
                delete from glancy.freeze where train = @Train and since = @since and by = @By
                   and not exists (select 1 from glancy.episode where ended_at is null and first_red_at > @lookedAt)
                """,
                new
                {
                    Train,
                    since = freeze.Since.ToUniversalTime(),
                    freeze.By,
                    lookedAt = lookedAt.ToUniversalTime(),
                }
            ) == 1;
    }

    // A red light that is written down at the same moment must either forbid the lifting or freeze again after it.
    private static Task<int> LockAsync(Transaction transaction) =>
        transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('glancy freeze ' || @Train, 0))",
            new { Train }
        );

    private sealed record Row
    {
        public DateTimeOffset Since { get; init; }

        public string By { get; init; } = "";

        public string Reason { get; init; } = "";

        public long? Run_Id { get; init; }
    }
}
