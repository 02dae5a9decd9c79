namespace Glancy.Sandbox.Production;

/// <summary>
/// The gateway's two token buckets (§5.2, §6.2): each user has one of <c>glancy.ratelimit.user_rpm</c>, and all share
/// another. A storm empties the shared one, and everybody is refused; users that are held more tightly cannot.
/// </summary>
internal sealed class RateLimits
{
    private const double UsualRpm = 300;
    private const double StormHeldAt = 150;

    private readonly Instrument limit;
    private readonly Instrument byUser;
    private readonly Instrument byAll;

    public RateLimits(Instruments instruments)
    {
        limit = instruments.One("ratelimit_user_rpm");
        byUser = instruments.One("ratelimit_rejections_total", ("scope", "user"));
        byAll = instruments.One("ratelimit_rejections_total", ("scope", "shared"));
    }

    /// <summary>The share of a step's requests that is refused with 429.</summary>
    public static double Refused(Step step, double usual)
    {
        return ByUser(step, usual) + ByAll(step);
    }

    public void Move(Step step, double requests)
    {
        limit.Set(step.Flags.Number(Flags.UserRpm));
        byUser.Add(requests * ByUser(step, 0.004));
        byAll.Add(requests * ByAll(step));
    }

    // The tighter the bucket, the more of honest people's bursts it refuses.
    private static double ByUser(Step step, double usual) =>
        Math.Min(0.9, usual * UsualRpm / step.Flags.Number(Flags.UserRpm));

    private static double ByAll(Step step)
    {
        var loose = Math.Clamp((step.Flags.Number(Flags.UserRpm) - StormHeldAt) / (UsualRpm - StormHeldAt), 0, 1);
        return Math.Min(0.9, 0.04 * step.Faults[Faults.Throttle] * loose);
    }
}
