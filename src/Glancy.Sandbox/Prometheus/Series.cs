namespace Glancy.Sandbox.Prometheus;

/// <summary>A value of a series at an instant.</summary>
public readonly record struct Point(DateTimeOffset At, double Value);

/// <summary>A series: its name and labels, and points in ascending order.</summary>
/// <param name="Labels">Without <c>__name__</c>.</param>
public sealed record Series(
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    IReadOnlyList<Point> Points
);
