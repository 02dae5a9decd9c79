namespace Glancy.Sandbox.Production;

/// <summary>
/// How one colour answers /lookup during a step; shares of all its requests, the last of those answered.
/// </summary>
/// <param name="Refused">429.</param>
/// <param name="Failed">500.</param>
/// <param name="Unavailable">503: Doubao failed and there was no basic answer either.</param>
/// <param name="Degraded">Of the answered: the basic definition with a template example.</param>
/// <param name="Duration">Seconds, of the paying plans.</param>
internal sealed record LookupAnswers(
    double Refused,
    double Failed,
    double Unavailable,
    double Degraded,
    LogNormal Duration
)
{
    /// <param name="wanted">Share of lookups that need Doubao.</param>
    public static LookupAnswers Of(Step step, string colour, double wanted, Doubao doubao)
    {
        var basic = doubao.BasicOnly(step);
        var bad = basic ? 0 : step.IllnessOf(colour);
        var broken = doubao.FailsOpenly(step) ? 1 : Math.Min(1, step.Faults[Faults.DegradeBroken]);

        // The basic answer takes neither the new code path nor Doubao, and is quick.
        var refused = RateLimits.Refused(step, 0.004 * step.Noise.Between(0.8, 1.2));
        var failed = (0.0001 * step.Noise.Between(0.5, 1.5)) + Math.Min(0.9, 0.08 * bad);
        var missing = basic ? 0 : wanted * doubao.Missing;
        var unavailable = missing * broken;
        var degraded = basic ? 1 : (0.0015 * step.Noise.Between(0.7, 1.3)) + (missing * (1 - broken));
        var median = basic
            ? 0.12
            : 0.62 * (1 + (2.5 * bad)) * (1 + (0.5 * Math.Min(1, step.Faults[Faults.DoubaoErrors])));
        return new LookupAnswers(refused, failed, unavailable, degraded, new LogNormal(median, 0.5));
    }

    /// <summary>How much longer a plan waits than the paying ones.</summary>
    public static double Patience(Step step, string plan)
    {
        return plan == "free" ? 1.12 * (1 + (1.4 * step.Faults[Faults.FreeSlow])) : 1;
    }
}
