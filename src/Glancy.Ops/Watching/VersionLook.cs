using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;

namespace Glancy.Ops.Watching;

/// <summary>
/// One look of a replica at versions: follow what is active, read the folder, report it, and where all agree put it in
/// force. Not for two callers at once.
/// </summary>
public sealed class VersionLook(
    RunbookVersions versions,
    RunbookFiles files,
    VersionReports reports,
    DraftVoiding drafts,
    ToldTime time,
    WakeSignal wake,
    RunbookHolder holder
)
{
    /// <summary>Whether this replica has said already what lies on its disk.</summary>
    public bool HasReported { get; private set; }

    /// <summary>
    /// Before anything else of a replica runs. What is active comes into force here too, whatever lies on this disk;
    /// where nothing is active yet, what lies on the disk, once the live replicas agree.
    /// </summary>
    /// <returns>Why nothing is in force; empty when something is.</returns>
    public async Task<IReadOnlyList<RunbookProblem>> BeginAsync(CancellationToken cancellationToken)
    {
        var told = await time.IsToldAsync(cancellationToken);
        var followed = await versions.FollowAsync(cancellationToken);
        var found = await files.GlanceAsync(followed.Content, cancellationToken);
        if (found.Content is null && followed.Content is null)
        {
            return [.. followed.Problems, .. found.Problems];
        }

        if (told)
        {
            await reports.ReportAsync(found, files.Source(), followed, cancellationToken);
            HasReported = true;
        }
        else if (found.Content is { } content && followed.Active is null)
        {
            // A new world has no time yet at which anything could be written; nothing acts before it has.
            holder.PutInForce(content, 0);
        }

        return holder.HasCurrent ? [] : followed.Problems;
    }

    /// <summary>The regular look. False when this build cannot read what is active: then it must not work on.</summary>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var followed = await versions.FollowAsync(cancellationToken);
        var activated = await reports.ReportAsync(
            await files.ReadAsync(cancellationToken),
            files.Source(),
            followed,
            cancellationToken
        );
        if (activated)
        {
            await wake.SendAsync(cancellationToken);
        }
        else if (followed.Problems.Count > 0)
        {
            return false;
        }

        await drafts.SweepAsync(cancellationToken);
        return true;
    }

    /// <summary>Only follows; what is active is then in force here.</summary>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken) =>
        (await versions.FollowAsync(cancellationToken)).Problems.Count == 0;
}
