namespace Glancy.Sandbox.Production;

/// <summary>
/// How busy the application and the adapter are (§6.1): beyond four fifths requests queue, and everything takes longer.
/// </summary>
internal sealed class Capacity
{
    private const double UsualRatio = 0.62;
    private const double Queues = 0.8;
    private const double Fullest = 3;

    private readonly Instrument ratio;
    private readonly Instrument wait;

    public Capacity(Instruments instruments)
    {
        ratio = instruments.One("upstream_concurrency_ratio");
        wait = instruments.One("queue_wait_seconds");
    }

    /// <summary>How many times as long a request takes as on a usual morning.</summary>
    /// <param name="demand">Lookups as a multiple of the usual.</param>
    public double Slows(Step step, double demand)
    {
        var strength = Math.Min(step.Workloads.Factor(Workloads.Bff), step.Workloads.Factor(Workloads.Adapter));
        var busy = strength > 0 ? Math.Min(Fullest, UsualRatio * demand / strength) : Fullest;
        var over = Math.Max(0, busy - Queues);
        ratio.Set(Math.Round(busy, 4));
        wait.Set(Math.Round(0.04 + (2 * over), 4));
        return 1 + (2 * over);
    }
}
