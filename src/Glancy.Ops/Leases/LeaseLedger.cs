using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Leases;

/// <summary>What runs change becomes leases, and they end with the runs that take them back.</summary>
internal sealed class LeaseLedger(LeaseStore leases, LeaseUndo undo, Targets targets) : IChangeLedger
{
    /// <inheritdoc/>
    public Task RecordAsync(
        Transaction transaction,
        Run run,
        IEnumerable<StateChange> changed,
        RunbookContent runbook
    ) => leases.RecordAsync(transaction, run, changed, runbook);

    /// <inheritdoc/>
    public Task<Risk> UndoRiskAsync(
        IReadOnlyDictionary<string, string> arguments,
        Decision decision,
        CancellationToken cancellationToken
    ) => undo.RiskAsync(arguments, decision, cancellationToken);

    /// <inheritdoc/>
    public async Task<Refusal?> MovedAsync(Transaction transaction, Run run)
    {
        // Rule 7: what returns is what the lease stands on, and that may have ended since the plan was made.
        if (
            run.Definition.Changes != ChangeMode.Reverts
            || !LeaseName.TryParse(run.Arguments.GetValueOrDefault("lease", ""), out var id)
        )
        {
            return null;
        }

        var lease = await leases.FindAsync(transaction, id);
        if (lease is not null)
        {
            await LeaseStore.LockAsync(transaction, lease.Target);
            lease = await leases.TopAsync(transaction, lease.Target);
        }

        var returns = lease?.Id == id ? targets.Find(lease.Target)?.Returning(run.Arguments) : null;
        return lease is not null && returns == lease.Prior
            ? null
            : new Refusal("lease-moved", "§7.2", LeaseName.Of(id));
    }
}
