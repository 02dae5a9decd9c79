namespace Glancy.Sandbox.Production;

/// <summary>How long something takes: log-normal by its median (seconds) and the deviation of its logarithm.</summary>
public readonly record struct LogNormal(double Median, double Deviation)
{
    public double Mean => Median * Math.Exp(Deviation * Deviation / 2);

    /// <summary>The share that takes at most this many seconds.</summary>
    public double ShareUpTo(double seconds) =>
        double.IsPositiveInfinity(seconds) ? 1
        : seconds <= 0 ? 0
        : Normal(Math.Log(seconds / Median) / Deviation);

    /// <summary>The seconds that a share of <paramref name="uniform"/> stays below; for drawing one.</summary>
    public double Draw(Noise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return Median * Math.Exp(Deviation * (noise.About1(1) - 1));
    }

    // Abramowitz and Stegun 26.2.17; off by less than 1e-7.
    private static double Normal(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var tail =
            Math.Exp(-x * x / 2)
            / Math.Sqrt(2 * Math.PI)
            * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x >= 0 ? 1 - tail : tail;
    }
}
