using Glancy.Ops.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Leases;

/// <summary>A temporary change of ours that still stands (rule 7).</summary>
/// <param name="Target">Controlled state, for example <c>flag/glancy.lookup.force_basic</c>.</param>
/// <param name="Affects">Hooks that are explained while it stands.</param>
public sealed record Lease(
    long Id, string Target, string Prior, string Value, string Owner, string Reason, long? RunId, DateTimeOffset Since, IReadOnlyList<string> Affects);

/// <summary>A change that has just been made.</summary>
internal sealed record LeaseDraft(string Target, string Prior, string Value, string Owner, string Reason, long RunId);

/// <summary>Which temporary changes stand. Reverting them comes with the leases' own procedures.</summary>
public sealed class LeaseStore(BotDatabase database, TimeProvider clock)
{
    private const string FlagState = "flag/";

    /// <summary>Records the flags that a run changed, once per run and target; a value back at the flag's default needs no lease.</summary>
    public async Task OpenAsync(Transaction transaction, Run run, IEnumerable<(string State, string Before, string After)> changed, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(runbook);
        foreach (var (state, before, after) in changed.Where(c => c.Before != c.After && c.State.StartsWith(FlagState, StringComparison.Ordinal)))
        {
            var flag = runbook.Flags.GetValueOrDefault(state[FlagState.Length..]);
            if (flag is not null && flag.Default != after)
            {
                var owner = run.Confirmations.Count > 0 ? run.Confirmations[^1].Person : run.RequestedBy;
                await InsertAsync(transaction, new LeaseDraft(state, before, after, owner, run.Reason, run.Id), flag);
            }
        }
    }

    private async Task InsertAsync(Transaction transaction, LeaseDraft lease, Flag flag)
    {
        await transaction.ExecuteAsync(
            """
            insert into glancy.lease (target, prior, value, owner, reason, run_id, since, affects)
            values (@Target, @Prior, @Value, @Owner, @Reason, @RunId, @since, @affects)
            on conflict (run_id, target) do nothing
            """,
            new { lease.Target, lease.Prior, lease.Value, lease.Owner, lease.Reason, lease.RunId, since = clock.GetUtcNow().ToUniversalTime(), affects = flag.Affects.ToArray() });
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Lease>> OpenAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            "select id, target, prior, value, owner, reason, run_id, since, affects from glancy.lease where released_at is null order by id",
            null,
            cancellationToken);
        return [.. rows.Select(r => new Lease(r.Id, r.Target, r.Prior, r.Value, r.Owner, r.Reason, r.Run_Id, r.Since, r.Affects))];
    }

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

        public string[] Affects { get; init; } = [];
    }
}
