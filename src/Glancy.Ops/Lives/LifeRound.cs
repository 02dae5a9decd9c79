using Glancy.Ops.Kernel.Time;

namespace Glancy.Ops.Lives;

/// <summary>
/// Compares the chain with the bastion's anchors every minute, so that a restored database is said aloud before anybody
/// works with it.
/// </summary>
internal sealed class LifeRound(LifeWatch watch) : IRecurringJob
{
    public string Name => "life";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task GoAsync(CancellationToken cancellationToken) => watch.LookAsync(cancellationToken);
}
