using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What risk a plan has: its procedure's, what its switches make of it, and for one that takes a lease back what rule 7
/// says now.
/// </summary>
public sealed class RiskAssessment(IChangeLedger ledger, ActionBook actions, Targets targets, RunbookHolder runbook)
{
    /// <summary>
    /// The risk of a procedure with these arguments now: <see cref="Risk.Change"/> or <see cref="Risk.Danger"/>.
    /// </summary>
    public async Task<Risk> OfAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Risk == Risk.Undo
            ? await ledger.UndoRiskAsync(arguments, decision, cancellationToken)
            : Declared(definition, arguments, runbook.Current);
    }

    /// <summary>Pure. A kill switch takes the kill switch's risk, however it is reached (rule 5).</summary>
    public Risk Declared(Procedure definition, IReadOnlyDictionary<string, string> arguments, RunbookContent content)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(content);
        var kills =
            definition.Risk == Risk.Change
            && definition
                .Steps.SelectMany(step => actions.Describe(step, arguments, content).Sets.Keys)
                .Any(state => targets.Find(state)?.Terms(state, content) is { IsKillSwitch: true });
        return kills ? Risk.Danger : definition.Risk;
    }
}
