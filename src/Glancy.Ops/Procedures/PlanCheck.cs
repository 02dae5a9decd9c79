using Glancy.Ops.Kernel;

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
    public async Task<PlanLook> LookAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (await reload.TouchesAsync(run, cancellationToken))
        {
            return new PlanLook.Moved(null);
        }

        var planned = await planner.PlanAsync(run, cancellationToken);
        return planned.Plan is not { } plan
                ? new PlanLook.Unplanned(planned.Refusal ?? new Refusal("unparsable-output", "§2.3", run.Name))
            : plan.Hash == run.Plan.Hash ? new PlanLook.Stands()
            : new PlanLook.Moved(plan);
    }
}
