using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Watching;

/// <summary>
/// What lies on this replica's disk: the runbook's folder, and the written runbook that it implements. Not for two
/// callers at once.
/// </summary>
public sealed class RunbookFiles(RunbookVersions versions, StandingVerbs standing, IOptions<ReplicaOptions> options)
{
    private readonly RunbookDisk disk = versions.Disk();
    private string? seenSource;
    private string? takenSource;

    /// <summary>What is there, and whether it may come into force now.</summary>
    internal Task<DiskReading> ReadAsync(CancellationToken cancellationToken) =>
        JudgedAsync(disk.Read(), cancellationToken);

    /// <summary>The same before anything runs, as quickly as it can be said.</summary>
    internal Task<DiskReading> GlanceAsync(RunbookContent? inForce, CancellationToken cancellationToken) =>
        JudgedAsync(disk.Glance(inForce), cancellationToken);

    /// <summary>
    /// The hash of the written runbook; null where nobody wants it compared. Like the folder's, a change counts when it
    /// is seen a second time.
    /// </summary>
    public string? Source()
    {
        if (options.Value.RunbookSource.Length == 0)
        {
            return null;
        }

        var now = SourceText.Sha256(options.Value.RunbookSource) ?? "";
        takenSource = takenSource is null || seenSource == now ? now : takenSource;
        seenSource = now;
        return takenSource;
    }

    private async Task<DiskReading> JudgedAsync(DiskReading found, CancellationToken cancellationToken) =>
        found.Content is { } content
        && await standing.ProblemsAsync(content, cancellationToken) is { Count: > 0 } problems
            ? found with
            {
                Content = null,
                Problems = problems,
            }
            : found;
}
