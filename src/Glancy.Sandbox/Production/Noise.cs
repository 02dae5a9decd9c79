namespace Glancy.Sandbox.Production;

/// <summary>
/// Chance that is the same in every process: SplitMix64 started from the world's seed and the instant, so that a step's
/// dice do not depend on the steps before it.
/// </summary>
public sealed class Noise(long seed, DateTimeOffset at)
{
    private ulong state = Mix((ulong)seed ^ Mix((ulong)at.ToUnixTimeSeconds()));

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>About 1: normal with this deviation, cut at three of them.</summary>
    public double About1(double deviation)
    {
        // The sum of twelve uniform numbers is near enough to normal here, and takes no logarithm.
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Uniform();
        }

        return 1 + (deviation * Math.Clamp(sum, -3, 3));
    }

    private ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
