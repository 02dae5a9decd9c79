using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Watching;

/// <summary>Looks at the hooks (rule 8).</summary>
internal sealed class WatchJob(HookWatcher watcher, IOptions<ReplicaOptions> options) : IRecurringJob
{
    public string Name => "watch";

    public TimeSpan Every => options.Value.WatchInterval;

    public Task GoAsync(CancellationToken cancellationToken) => watcher.LookAsync(cancellationToken);
}
