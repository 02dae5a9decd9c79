using Glancy.Ops.Kernel;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// The world has moved under a step (rule 3): a run with effects waits for a person, another one is drafted anew.
/// </summary>
internal sealed class StepDrift(StepPause pause, Drafts drafts, ActionKinds kinds)
{
    /// <summary>Always false: the run cannot go on by itself.</summary>
    public async Task<bool> DriftedAsync(
        RunClaim claim,
        Run run,
        RunStep step,
        int attempt,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        var effects = run.Steps.Any(s => s.Attempt > 0 && HasEffect(run.Definition.Steps[s.Ordinal]));
        if (effects)
        {
            return await pause.PauseAsync(
                claim,
                run,
                step.Id,
                attempt,
                PauseReason.Drift,
                why,
                null,
                StepState.Pending,
                cancellationToken
            );
        }

        await drafts.SupersedeAsync(claim, run, why, cancellationToken);
        return false;
    }

    private bool HasEffect(StepDefinition definition) => kinds[definition.Kind].Effect != EffectClass.None;
}
