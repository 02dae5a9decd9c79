using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>Reads what there is to tell beside a run that has ended.</summary>
public sealed class RunBesideReader(RunStore runs, RedLights lights, LeaseStore leases)
{
    public async Task<RunBeside> OfAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Ended
            ? new RunBeside(
                await runs.SuccessorAsync(run, cancellationToken),
                await lights.LeftByAsync(run, cancellationToken)
            )
            {
                Standing =
                [
                    .. (await leases.OpenAsync(cancellationToken))
                        .Where(l => l.RunId == run.Id && l.EndedAt is null)
                        .Select(l => l.Name),
                ],
            }
            : RunBeside.Nothing;
    }
}
