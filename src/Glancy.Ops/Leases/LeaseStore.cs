using System.Text.Json;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Leases;

/// <summary>
/// Our temporary changes as rows, stacked on their targets in the order in which they were made. Taking back the
/// highest gives its prior value back; when one below ends, the one above it stands on that one's ground from then on.
/// </summary>
public sealed class LeaseStore(BotDatabase database, Targets targets, TimeProvider clock) : IExplanations
{
    private const string Columns =
        "id, target, prior, value, owner, reason, run_id, since, released_at, ended_how, ended_by, affects, "
        + "recovers, lights::text as lights";

    /// <summary>
    /// Holds the stack of a target to the end of the transaction; there may be no row yet that could be locked.
    /// </summary>
    public static Task LockAsync(Transaction transaction, string target)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('glancy lease ' || @target, 0))",
            new { target }
        );
    }

    /// <summary>
    /// Takes note of what a step has changed: new leases, or the end of the one that the run takes back.
    /// </summary>
    public async Task RecordAsync(
        Transaction transaction,
        Run run,
        IEnumerable<StateChange> changed,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(runbook);
        foreach (var (state, before, after) in changed.OrderBy(c => c.State, StringComparer.Ordinal))
        {
            await LockAsync(transaction, state);
            if (run.Definition.Changes == ChangeMode.Temporary)
            {
                await OpenAsync(transaction, run, state, before, after, runbook);
            }
            else if (
                LeaseName.TryParse(run.Arguments.GetValueOrDefault("lease", ""), out var id)
                && (await FindAsync(transaction, id))?.Target == state
            )
            {
                await EndAsync(transaction, id, LeaseEnd.Reverted, run.Owner, run.Id);
            }
        }
    }

    /// <summary>
    /// Ends a lease; the one above it takes over what it stood on, unless its value was kept: then that is the ground.
    /// False when it had ended already.
    /// </summary>
    public async Task<bool> EndAsync(Transaction transaction, long id, LeaseEnd how, string by, long? run)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var ended = await transaction.ExecuteAsync(
            "update glancy.lease set released_at = @now, ended_how = @how, ended_by = @by, ended_run = @run where id "
                + "= @id and released_at is null",
            new
            {
                id,
                how = how.ToString(),
                by,
                run,
                now = clock.GetUtcNow().ToUniversalTime(),
            }
        );
        await transaction.ExecuteAsync(
            """
            update glancy.lease above set prior = below.prior
              from glancy.lease below
             where @ended = 1 and @how <> 'Kept' and below.id = @id and above.prior = below.value
               and above.id = (select min(id) from glancy.lease where target = below.target and id > @id
                 and released_at is null)
            """,
            new
            {
                id,
                ended,
                how = how.ToString(),
            }
        );
        return ended == 1;
    }

    /// <summary>Its end is offered, or is not any more (null). False when that is no news, or it has ended.</summary>
    internal static async Task<bool> OfferAsync(Transaction transaction, long id, DateTimeOffset? at) =>
        await transaction.ExecuteAsync(
            """
            update glancy.lease set offered_at = @at
             where id = @id and (offered_at is null) = (@at::timestamptz is not null)
               and (@at::timestamptz is null or released_at is null)
            """,
            new { id, at = at?.ToUniversalTime() }
        ) == 1;

    /// <summary>Those that stand, oldest first.</summary>
    public Task<IReadOnlyList<Lease>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync("where released_at is null order by id", null, cancellationToken);

    /// <summary>All, newest first.</summary>
    public Task<IReadOnlyList<Lease>> AllAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync("order by id desc limit @limit", new { limit }, cancellationToken);

    /// <summary>Those that stood at some time after an instant, oldest first.</summary>
    public Task<IReadOnlyList<Lease>> StoodSinceAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        ReadAsync(
            "where released_at is null or released_at > @at order by id",
            new { at = instant.ToUniversalTime() },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> SinceAsync(
        DateTimeOffset instant,
        CancellationToken cancellationToken
    ) => [.. (await StoodSinceAsync(instant, cancellationToken)).Select(l => l.Explanation)];

    public async Task<Lease?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync("where id = @id", new { id }, cancellationToken) is [var lease] ? lease : null;

    /// <summary>The lease within a transaction that holds its target.</summary>
    public async Task<Lease?> FindAsync(Transaction transaction, long id)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return (await transaction.QueryAsync<Row>($"select {Columns} from glancy.lease where id = @id", new { id }))
            .Select(Of)
            .FirstOrDefault();
    }

    /// <summary>The highest lease on a target within a transaction that holds it; null when none stands.</summary>
    public async Task<Lease?> TopAsync(Transaction transaction, string target)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from glancy.lease where target = @target and released_at is null order by id desc "
                + $"limit 1",
            new { target }
        );
        return rows.Select(Of).FirstOrDefault();
    }

    private async Task OpenAsync(
        Transaction transaction,
        Run run,
        string target,
        string before,
        string after,
        RunbookContent runbook
    )
    {
        if (targets.Find(target)?.Terms(target, runbook) is not { } terms)
        {
            return;
        }

        // A value that stood already is ours only on top of a lease of ours that says the same; a value in normal
        // operation needs none at all.
        var top = await TopAsync(transaction, target);
        if (before == after ? top?.Value != after : top is null && terms.Default == after)
        {
            return;
        }

        var now = clock.GetUtcNow().ToUniversalTime();
        await transaction.ExecuteAsync(
            """
            insert into glancy.lease (target, prior, value, owner, reason, run_id, since, affects, recovers, lights)
            values (@target, @before, @after, @owner, @Reason, @Id, @now, @affects, @recovers,
                    (select readings from glancy.hook_snapshot where at <= @now order by at desc, id desc limit 1))
            on conflict (run_id, target) do update set value = excluded.value
            """,
            new
            {
                target,
                before,
                after,
                owner = run.Owner,
                run.Reason,
                run.Id,
                now,
                affects = terms.Affects.ToArray(),
                recovers = terms.Recovers.ToArray(),
            }
        );
    }

    private async Task<IReadOnlyList<Lease>> ReadAsync(
        string which,
        object? parameters,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await database.QueryAsync<Row>(
                    $"select {Columns} from glancy.lease {which}",
                    parameters,
                    cancellationToken
                )
            ).Select(Of),
        ];

    private Lease Of(Row r) =>
        new()
        {
            Id = r.Id,
            Target = r.Target,
            Prior = r.Prior,
            Value = r.Value,
            Owner = r.Owner,
            Reason = r.Reason,
            RunId = r.Run_Id,
            Since = r.Since,
            EndedAt = r.Released_At,
            End = r.Ended_How is null ? null : Enum.Parse<LeaseEnd>(r.Ended_How),
            EndedBy = r.Ended_By,
            Affects = r.Affects,
            Recovers = r.Recovers,
            Lights = (JsonSerializer.Deserialize<List<Seen>>(r.Lights ?? "[]", BotDatabase.Json) ?? []).ToDictionary(
                s => s.Id,
                s => s.Light
            ),
            IsSwitch = targets.IsSwitch(r.Target),
            Says = targets.Find(r.Target)?.Says(r.Target, r.Value) ?? $"{r.Target}={r.Value}",
        };

    private sealed record Seen(string Id, string Light);

    private sealed record Row
    {
        public long Id { get; init; }

        public string Target { get; init; } = "";

        public string Prior { get; init; } = "";

        public string Value { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Reason { get; init; } = "";

        public long? Run_Id { get; init; }

        public DateTimeOffset Since { get; init; }

        public DateTimeOffset? Released_At { get; init; }

        public string? Ended_How { get; init; }

        public string? Ended_By { get; init; }

        public string[] Affects { get; init; } = [];

        public string[] Recovers { get; init; } = [];

        public string? Lights { get; init; }
    }
}
