using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>The book of what runs have changed (rule 7).</summary>
public interface IChangeLedger
{
    /// <summary>
    /// Takes note of what a step has changed: new temporary changes, or the end of the one that the run takes back.
    /// </summary>
    Task RecordAsync(Transaction transaction, Run run, IEnumerable<StateChange> changed, RunbookContent runbook);

    /// <summary>
    /// Why what a run is to take back does not stand any more as it was planned; null when it does, or when the run
    /// takes nothing back.
    /// </summary>
    Task<Refusal?> MovedAsync(Transaction transaction, Run run);

    /// <summary>The risk of a procedure that takes a change back: a change on easy terms, otherwise a danger.</summary>
    Task<Risk> UndoRiskAsync(
        IReadOnlyDictionary<string, string> arguments,
        Decision decision,
        CancellationToken cancellationToken
    );
}
