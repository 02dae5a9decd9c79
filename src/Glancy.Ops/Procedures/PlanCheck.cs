using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures;

/// <summary>How a plan that was shown or confirmed stands to the world of now.</summary>
public abstract record PlanLook
{
    private PlanLook() { }

    /// <summary>It would be the same plan now.</summary>
    public sealed record Stands : PlanLook;

    /// <summary>It would be another; null where the runbook says something else by now.</summary>
    public sealed record Moved(Plan? Now) : PlanLook;

    /// <summary>Nobody can say now.</summary>
    public sealed record Unplanned(Refusal Why) : PlanLook;
}

/// <summary>Looks at the world again before anything is taken at its word (rule 3).</summary>
public sealed class PlanCheck(ReloadCheck reload, RunPlanner planner)
{
    public async Task<PlanLook> LookAsync(Run run, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (await reload.TouchesAsync(run, cancellationToken))
        {
            return new PlanLook.Moved(null);
        }

        var planned = await planner.PlanAsync(run, decision, cancellationToken);
        return !planned.Plan.Has(out var plan, out var why) ? new PlanLook.Unplanned(why)
            : plan.Hash == run.Plan.Hash ? new PlanLook.Stands()
            : new PlanLook.Moved(plan);
    }
}
