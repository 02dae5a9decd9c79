namespace Glancy.Sandbox.Production;

/// <summary>
/// What users and probes see from outside: first paint in browsers, and the synthetic probes (HK-01, HK-02, HK-06).
/// </summary>
internal sealed class Experience
{
    // Below this share of errors a probe's single request is taken to succeed: a healthy world has no red probes.
    private const double ProbesNotice = 0.005;
    private static readonly double[] Bounds =
    [
        0.25,
        0.5,
        0.75,
        1,
        1.25,
        1.5,
        1.75,
        2,
        2.25,
        2.5,
        2.75,
        3,
        3.5,
        4,
        5,
        7,
        10,
    ];

    private readonly Dictionary<string, Histogram> firstPaint;
    private readonly Instrument probe;
    private readonly Instrument degradeProbe;

    public Experience(Instruments instruments)
    {
        firstPaint = Traffic.Colours.ToDictionary(
            c => c,
            c => instruments.Histogram("rum_first_paint_seconds", Bounds, ("colour", c))
        );
        probe = instruments.One("probe_success", ("probe", "lookup"));
        degradeProbe = instruments.One("degrade_probe_success");
    }

    public void Move(Step step, Traffic traffic, Doubao doubao)
    {
        foreach (var (colour, histogram) in firstPaint)
        {
            var median =
                1.12
                * (1 + (1.6 * step.IllnessOf(colour)))
                * (1 + (0.8 * step.Faults[Faults.RumSlow]))
                * step.Noise.About1(0.02);
            histogram.Observe(0.1 * traffic.Lookups * step.Train.ShareOf(colour), new LogNormal(median, 0.35));
        }

        probe.Set(traffic.LookupErrors > ProbesNotice && step.Noise.Uniform() < traffic.LookupErrors ? 0 : 1);
        // While everybody gets the basic answer, the probe gets it too.
        var works = doubao.BasicOnly(step) || (step.Faults[Faults.DegradeBroken] == 0 && !doubao.FailsOpenly(step));
        degradeProbe.Set(works ? 1 : 0);
    }
}
