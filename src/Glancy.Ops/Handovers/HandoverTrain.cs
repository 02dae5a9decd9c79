using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Ops.Releases;

namespace Glancy.Ops.Handovers;

/// <summary>How the train stands, as a handover tells it.</summary>
public sealed class HandoverTrain(ReleaseTool releases, FreezeStore freezes)
{
    /// <summary>The train; and why it is frozen, null where it is not.</summary>
    public async Task<(Result<ReleaseStatus> Train, string? Frozen)> ReadAsync(CancellationToken cancellationToken)
    {
        var status = releases.StatusAsync(cancellationToken);
        var freeze = await freezes.GetAsync(cancellationToken);
        return (await status, freeze?.Reason);
    }
}
