using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>Asks the guards once more before an effect (rules 6 and 9).</summary>
internal sealed class StepGuard(PlanGuards guards, ActionKinds kinds)
{
    /// <summary>Why the step's effect may not begin; null when it may.</summary>
    public Task<Refusal?> RefusalAsync(
        Run run,
        StepDefinition definition,
        StepIntent intent,
        CancellationToken cancellationToken
    )
    {
        // Rules 6 and 9: a wait, an outage or a retry lies between the start and this effect, and in it a light may
        // have turned. What only closes the record of what is there by now adds nothing.
        string[] brings = [.. intent.Sets.Keys, .. intent.ScriptSets.Keys];
        var closes = definition.Phase == StepPhase.Verify && brings.Length == 0;
        var question = new GuardQuestion(
            GuardMoment.Step,
            run.Definition,
            run.Arguments,
            [.. run.Confirmations.Select(c => c.Person)],
            new Decision()
        )
        {
            Effect = new GuardedEffect(
                run.Definition.AddsRisk && kinds[definition.Kind].Effect != EffectClass.None && !closes,
                brings
            ),
        };
        return guards.RefusalAsync(question, cancellationToken);
    }
}
