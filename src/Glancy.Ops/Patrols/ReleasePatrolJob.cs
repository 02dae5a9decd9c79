using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Patrols;

namespace Glancy.Ops.Patrols;

/// <summary>
/// Goes the patrols that follow a release (§3, C6): each change of the stage, whoever made it. Which change is due
/// follows from the newest row and the time the release tool gives, so a change is looked at once, and one made while
/// nobody was there is not missed. Of several changes close to each other the last is looked at: the others' windows
/// are not theirs alone. What is not well is looked at again until it is.
/// </summary>
internal sealed class ReleasePatrolJob(
    PatrolStore patrols,
    PatrolDesk desk,
    ReleaseTool releases,
    RunbookHolder runbook,
    TimeProvider clock
) : IRecurringJob
{
    public string Name => "release-patrols";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        // While the tool is silent nobody knows of a change; its time tells afterwards.
        var waiting = runbook.Current.Patrols.Where(p => p.AfterRelease is not null).ToList();
        if (waiting.Count == 0 || !(await releases.StatusAsync(cancellationToken)).Has(out var status, out _))
        {
            return;
        }

        var (newest, now) = (await patrols.NewestAsync(cancellationToken), clock.GetUtcNow());
        foreach (var patrol in waiting)
        {
            var after = patrol.AfterRelease.GetValueOrDefault();
            var first = status.UpdatedAt + after;
            if (newest.GetValueOrDefault(patrol.Id) is not { } last)
            {
                // Where it has never been gone, the next release is the first.
                await desk.BeginAsync(patrol, first, cancellationToken);
            }
            else if (Due(last, first, after, now) is { } due && due <= now)
            {
                await desk.GoAsync(patrol, due, 0, last, now, cancellationToken);
            }
        }
    }

    private static DateTimeOffset? Due(PatrolRun last, DateTimeOffset first, TimeSpan after, DateTimeOffset now) =>
        last.DueAt < first ? first
        : last.MayRecover && now >= last.DueAt + after ? last.DueAt + (after * Math.Floor((now - last.DueAt) / after))
        : null;
}
