using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Ends a run. What its steps changed without having been seen through stays in the books: somebody has to take it
/// back.
/// </summary>
internal sealed class RunEnd(
    RunTransitions transitions,
    EffectSight sight,
    LeftOut left,
    IChangeLedger ledger,
    RunbookVersions versions,
    IKillPoints killPoints
)
{
    /// <summary>
    /// All steps are settled: what people left out is not done, and what they did not prove is not proven.
    /// </summary>
    public Task EndAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        var (effects, proofs) = (left.Effects(run), left.Proofs(run));
        return effects.Count > 0
                ? EndAsync(
                    claim,
                    run,
                    RunState.Failed,
                    new Refusal("left-out", "§4.4", string.Join(", ", effects)),
                    cancellationToken
                )
            : proofs.Count > 0
                ? EndAsync(
                    claim,
                    run,
                    RunState.Succeeded,
                    new Refusal("unproven", "§4.4", string.Join(", ", proofs)),
                    cancellationToken
                )
            : EndAsync(claim, run, RunState.Succeeded, null, cancellationToken);
    }

    /// <summary>Ends it as told.</summary>
    public async Task EndAsync(
        RunClaim claim,
        Run run,
        RunState state,
        Refusal? outcome,
        CancellationToken cancellationToken
    )
    {
        var unsettled = await sight.UnsettledAsync(run, cancellationToken);
        var runbook =
            unsettled.Count == 0 ? null : await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken);
        var detail = unsettled.ToDictionary(c => "left." + c.State, c => c.After);
        if (outcome is not null)
        {
            detail["why"] = outcome.Code;
        }

        var kind = "run-" + state.ToString().ToLowerInvariant();
        killPoints.Reach("before-end");
        await transitions.WriteAsync(
            claim,
            new RunChange(kind, run.State, state, null)
            {
                Outcome = outcome,
                EffectsEnded = state is RunState.Succeeded or RunState.Failed,
                Detail = detail,
                Notices = RunNotices.Ended(run, state, outcome),
                Audit = new AuditEntry(run.AbortRequestedBy ?? Actor.Bot, kind, run.Definition.Id)
                {
                    Run = run.Name,
                    Before = run.State.ToString(),
                    After = state.ToString(),
                },
                Also = runbook is null ? null : transaction => ledger.RecordAsync(transaction, run, unsettled, runbook),
            },
            cancellationToken
        );
        killPoints.Reach("ended");
    }
}
