using Microsoft.Extensions.Options;

namespace Glancy.Ops.Kernel.Time;

/// <summary>Holds back whatever acts by the clock until the clock is the right one.</summary>
public sealed class ClockReady(WorldClock clock, IOptions<ReplicaOptions> options)
{
    /// <summary>At once by the machine's clock; by the world clock, when its row has been read.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        options.Value.WorldClock ? clock.Followed.WaitAsync(cancellationToken) : Task.CompletedTask;
}
