using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>A plan, or why there is none, by one version of the runbook.</summary>
public sealed record Planned(Result<Plan> Plan, RunbookContent Content);

/// <summary>Observes the world and makes the plan of a draft or a run as things stand now.</summary>
public sealed class RunPlanner(
    Planner planner,
    ControlledState states,
    RiskAssessment assessment,
    RunbookHolder runbook
)
{
    /// <summary>
    /// Plans again for a run that has not had any effect yet; why not when the plan can not be made now.
    /// </summary>
    public Task<Planned> PlanAsync(Run run, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);

        // The terms of an undo are those of the click. One that took two persons when it was shown takes two still,
        // when they have become easier.
        var undo = run.Definition.Risk == Risk.Undo;
        var shown = undo ? run.Plan.Risk : Risk.Read;
        return PlanAsync(
            run.Definition,
            run.Arguments,
            shown,
            decided: run.ConfirmedAt is not null && undo,
            decision,
            cancellationToken
        );
    }

    /// <summary>Plans what is to be drafted.</summary>
    public Task<Planned> PlanAsync(DraftRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PlanAsync(
            request.Definition,
            request.Arguments,
            Risk.Read,
            decided: false,
            request.Decision,
            cancellationToken
        );
    }

    private async Task<Planned> PlanAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        Risk atLeast,
        bool decided,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        // One version from the plan to the row, whatever comes into force in between.
        var content = runbook.Current;
        var complete = ProcedureArguments.Complete(definition, arguments);
        var wanted = planner.StatesToObserve(definition, complete, content);
        var observed = wanted.Count == 0 ? StatesObserved.None : await states.ReadAsync(wanted, cancellationToken);
        if ((observed.Unknown ?? planner.NotOurs(definition, complete, observed.Values, content)) is { } refusal)
        {
            return new Planned(refusal, content);
        }

        var risk = decided ? atLeast : await assessment.OfAsync(definition, complete, decision, cancellationToken);
        var plan = planner.Make(definition, complete, observed.Values, content, risk > atLeast ? risk : atLeast);
        return new Planned(plan, content);
    }
}
