using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>Ends a run. What its steps changed without having been seen through stays in the books: somebody has to take it back.</summary>
public sealed class RunEnd(RunTransitions transitions, EffectSight sight, IChangeLedger ledger, RunbookVersions versions, IKillPoints killPoints)
{
    public async Task EndAsync(RunClaim claim, Run run, RunState state, Refusal? outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(run);
        var unsettled = await sight.UnsettledAsync(run, cancellationToken);
        var runbook = unsettled.Count == 0 ? null : await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken);
        var detail = unsettled.ToDictionary(c => "left." + c.State, c => c.After);
        if (outcome is not null)
        {
            detail["why"] = outcome.Code;
        }

        var kind = "run-" + state.ToString().ToLowerInvariant();
        killPoints.Reach("before-end");
        await transitions.WriteAsync(
            claim,
            new RunChange(
                kind,
                run.State,
                state,
                null,
                Outcome: outcome,
                EffectsEnded: state is RunState.Succeeded or RunState.Failed,
                Detail: detail,
                Notices: RunNotices.Ended(run, state, outcome),
                Audit: new AuditEntry(
                    run.AbortRequestedBy ?? Actor.Bot, kind, run.Definition.Id, Run: run.Name, Before: run.State.ToString(), After: state.ToString()),
                Also: runbook is null ? null : transaction => ledger.RecordAsync(transaction, run, unsettled, runbook)),
            cancellationToken);
        killPoints.Reach("ended");
    }
}
