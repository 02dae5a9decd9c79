namespace Glancy.Ops.Releases;

/// <summary>What the release tool says of the train (<c>releasectl stage status</c>).</summary>
/// <param name="Batch">Null when no batch is rolling out.</param>
/// <param name="Weight">Per cent of traffic on the new colour.</param>
/// <param name="OldKeptUntil">Until when the old version can be switched back to without loss (§2.2: 30-60 min).</param>
public sealed record ReleaseStatus(
    string? Batch,
    double Weight,
    string NewColour,
    string OldColour,
    DateTimeOffset? OldKeptUntil,
    string State,
    DateTimeOffset UpdatedAt)
{
    /// <summary>There is traffic on the new colour to take back, and an old version to take it back to (rule 8).</summary>
    public bool CanGoBack(DateTimeOffset now) => Batch is not null && Weight > 0 && (Weight < 100 || OldKeptUntil > now);

    /// <summary>A batch is carrying production traffic on the new colour.</summary>
    public bool Active => Batch is not null && State == "active" && Weight > 0;
}
