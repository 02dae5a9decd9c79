using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;

namespace Glancy.Ops.Procedures;

/// <summary>Whether a reload has touched what a run was drafted from (rules 3 and 12).</summary>
public sealed class ReloadCheck(RunbookVersions versions, ProcedureUse use, RunbookHolder runbook)
{
    /// <summary>
    /// The runbook that is active by now says something else of the run's procedure, or of what that uses. Ask before
    /// planning: what is gone cannot be planned.
    /// </summary>
    public async Task<bool> TouchesAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await versions.FollowAsync(cancellationToken);
        return use.Touched(
            run,
            await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken),
            runbook.Current
        );
    }
}
