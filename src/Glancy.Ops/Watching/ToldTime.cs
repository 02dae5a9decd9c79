using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Watching;

/// <summary>
/// Whether this replica knows what time it is: at once by its own clock, or once the world's has been told.
/// </summary>
public sealed class ToldTime(ClockStore clocks, WorldClock clock, IOptions<ReplicaOptions> options)
{
    public async Task<bool> IsToldAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WorldClock && await clocks.ReadAsync(cancellationToken) is { } row)
        {
            clock.Follow(row);
            return true;
        }

        return !options.Value.WorldClock;
    }
}
