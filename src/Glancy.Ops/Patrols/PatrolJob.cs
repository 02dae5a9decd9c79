using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Patrols;

/// <summary>
/// Goes the patrols of §3 that are due by the clock (C6). Which are due follows from the newest row and the hours in
/// the data, never from when this runs. Who was away looks once and says how many were missed: an hour that is over
/// cannot be looked at any more.
/// </summary>
internal sealed class PatrolJob(PatrolStore patrols, PatrolDesk desk, RunbookHolder runbook, TimeProvider clock)
    : IRecurringJob
{
    public string Name => "patrols";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var (content, now) = (runbook.Current, clock.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone);
        var newest = await patrols.NewestAsync(cancellationToken);
        foreach (var patrol in content.Patrols.Where(p => p.AfterRelease is null))
        {
            if (newest.GetValueOrDefault(patrol.Id) is not { } last)
            {
                // Where it has never been gone, the next hour is the first.
                await desk.BeginAsync(patrol, now, cancellationToken);
            }
            else if (patrol.Due(zone, last.DueAt, now).ToList() is { Count: > 0 } due)
            {
                await desk.GoAsync(patrol, due[^1], due.Count - 1, last, now, cancellationToken);
            }
        }
    }
}
