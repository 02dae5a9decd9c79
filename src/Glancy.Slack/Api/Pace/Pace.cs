namespace Glancy.Slack.Api.Pace;

/// <summary>How fast one thing may go.</summary>
/// <param name="Burst">Permits at once after a rest.</param>
/// <param name="PerSecond">Permits that come back.</param>
/// <param name="Reserve">Permits the bulk lane leaves for the others.</param>
internal sealed record Pace(int Burst, double PerSecond, int Reserve)
{
    /// <summary>No minute sees more than the limit: what may burst is taken off what comes back.</summary>
    public static Pace PerMinute(int limit)
    {
        var burst = Math.Max(1, limit / 5);
        return new Pace(burst, (limit - burst) / 60.0, burst / 2);
    }

    /// <summary>Posts into one channel: one a second, and Slack forgives a short burst.</summary>
    public static Pace Channel { get; } = new(3, 1, 2);
}
