using System.Globalization;

namespace Glancy.Sandbox.Slack;

/// <summary>
/// Makes the names of new things: in Slack's shapes, in order, and the same in each run apart from times.
/// </summary>
/// <param name="real">Slack's clock is the real one: requests are signed by it, and messages are named by it.</param>
internal sealed class Mint(TimeProvider real)
{
    private long lastTs;
    private long count;

    /// <summary>The time that names a message: seconds and microseconds, each later than the one before.</summary>
    public string Ts()
    {
        var now = (real.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        while (true)
        {
            var last = Interlocked.Read(ref lastTs);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref lastTs, next, last) == last)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{next / 1_000_000}.{next % 1_000_000:000000}");
            }
        }
    }

    /// <summary>For example <c>F00000012</c>.</summary>
    public string Id(char kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{Next():00000000}");

    /// <summary>For example <c>42.000000001.b</c>; opaque to apps.</summary>
    public string Trigger() =>
        string.Create(CultureInfo.InvariantCulture, $"{Next()}.{Team.Id[1..]}.{Guid.NewGuid():N}");

    /// <summary>A name that cannot be guessed, for addresses.</summary>
    public static string Secret() =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));

    /// <summary>The id of a block or an element that was sent without one.</summary>
    public string Part() => string.Create(CultureInfo.InvariantCulture, $"s{Next():x4}");

    private long Next() => Interlocked.Increment(ref count);
}
