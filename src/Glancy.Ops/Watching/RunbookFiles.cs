using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook.Versions;
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
    internal async Task<DiskReading> ReadAsync(CancellationToken cancellationToken)
    {
        var found = disk.Read();
        return
            found.Content is { } content
            && await standing.ProblemsAsync(content, cancellationToken) is { Count: > 0 } problems
            ? found with
            {
                Content = null,
                Problems = problems,
            }
            : found;
    }

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
}
