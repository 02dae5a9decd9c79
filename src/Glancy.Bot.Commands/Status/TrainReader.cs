using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Ops.Releases;

namespace Glancy.Bot.Commands.Status;

/// <summary>Where the train stands, and whether it may move.</summary>
/// <param name="Freeze">Null while it may move.</param>
public sealed record TrainState(Result<ReleaseStatus> Release, Freeze? Freeze);

/// <summary>Reads the train at a glance: its batch and share, and the freeze.</summary>
public sealed class TrainReader(ReleaseTool releases, FreezeStore freezes)
{
    public async Task<TrainState> ReadAsync(CancellationToken cancellationToken)
    {
        var release = releases.StatusAsync(cancellationToken);
        var freeze = freezes.GetAsync(cancellationToken);
        await Task.WhenAll(release, freeze);
        return new TrainState(await release, await freeze);
    }
}
