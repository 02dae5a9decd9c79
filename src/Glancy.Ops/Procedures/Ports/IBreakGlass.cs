using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>One person alone, under an open Sev-1 (rule 5).</summary>
public interface IBreakGlass
{
    /// <summary>Why the person may not confirm the run this way now; null when it may be done.</summary>
    Task<Refusal?> ObjectionAsync(
        Run run,
        Person person,
        string reason,
        OnCall onCall,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Writes the use, its page and its line of history; the caller holds the run's row and writes nothing when this
    /// refuses.
    /// </summary>
    /// <param name="standing">The confirmations that count, this one among them, each with the procedure's role if
    /// held.</param>
    /// <param name="needed">Distinct persons that it would take.</param>
    Task<Result<BreakGlassUse>> TakeAsync(
        Transaction transaction,
        Run run,
        Person person,
        string reason,
        OnCall onCall,
        IReadOnlyList<Confirmation> standing,
        int needed
    );
}
