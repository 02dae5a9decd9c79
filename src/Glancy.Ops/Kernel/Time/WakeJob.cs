using Quartz;

namespace Glancy.Ops.Kernel.Time;

/// <summary>The clustered scheduler's only task: wake the replicas. What is due is decided by rows (rule 2).</summary>
[DisallowConcurrentExecution]
public sealed class WakeJob(WakeSignal wake) : IJob
{
    public static readonly JobKey Key = new("wake");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        await wake.SendAsync(cancellationToken);
    }
}
