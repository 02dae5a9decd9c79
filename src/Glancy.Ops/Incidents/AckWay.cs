namespace Glancy.Ops.Incidents;

/// <summary>How somebody said that they have an incident.</summary>
/// <param name="Name">For the audit; null where it was said here. Elsewhere they were called, or let in as responders,
/// so it counts even when the shift has ended since.</param>
/// <param name="At">When it was said elsewhere; null for now.</param>
public sealed record AckWay(string? Name, DateTimeOffset? At)
{
    /// <summary>By a command or a button, which asks whether they are on the roster.</summary>
    public static AckWay Said { get; } = new(null, null);

    /// <summary>By the link that was sent to the person.</summary>
    public static AckWay Link { get; } = new("link", null);

    /// <summary>At PagerDuty, which says when; it counts for the alert that rang last and for none before.</summary>
    public static AckWay PagerDuty(DateTimeOffset at) => new("pagerduty", at);
}
