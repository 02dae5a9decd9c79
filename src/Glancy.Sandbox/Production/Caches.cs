namespace Glancy.Sandbox.Production;

/// <summary>
/// The two cache levels before Doubao (§4.3, §5.2): what lives longer is hit more often, and <c>l2_prio</c> doubles the
/// lives.
/// </summary>
internal sealed class Caches
{
    private static readonly (string Level, double Ttl, double HalfHit)[] Levels =
    [
        ("l1", 600, 471),
        ("l2", 21_600, 41_900),
    ];

    // With L2 first, lookups that would have gone past it are answered from it as well.
    private const double L2First = 0.09;

    private readonly Instrument[] requests;
    private readonly Instrument[] lives;

    public Caches(Instruments instruments)
    {
        requests =
        [
            .. Levels.SelectMany(l =>
                ((string[])["hit", "miss"]).Select(result =>
                    instruments.One("cache_requests_total", ("level", l.Level), ("result", result))
                )
            ),
        ];
        lives = [.. Levels.Select(l => instruments.One("cache_ttl_seconds", ("level", l.Level)))];
    }

    /// <summary>Sends lookups through both levels and returns the share that neither answers.</summary>
    public double Pass(Step step, double lookups)
    {
        var longer = step.Flags[Flags.CacheMode] == "l2_prio";
        var warm = 1 - Math.Min(1, 0.5 * step.Faults[Faults.CacheCold]);
        var l1 = warm * HitRate(0, longer) * step.Noise.About1(0.01);
        var l2 = warm * (HitRate(1, longer) + (longer ? L2First : 0)) * step.Noise.About1(0.015);
        requests[0].Add(lookups * l1);
        requests[1].Add(lookups * (1 - l1));
        requests[2].Add(lookups * (1 - l1) * l2);
        requests[3].Add(lookups * (1 - l1) * (1 - l2));
        for (var i = 0; i < lives.Length; i++)
        {
            lives[i].Set(Ttl(i, longer));
        }

        return (1 - l1) * (1 - l2);
    }

    // 56 % and 34 % with the usual lives.
    private static double HitRate(int level, bool longer) =>
        Ttl(level, longer) / (Ttl(level, longer) + Levels[level].HalfHit);

    private static double Ttl(int level, bool longer) => Levels[level].Ttl * (longer ? 2 : 1);
}
