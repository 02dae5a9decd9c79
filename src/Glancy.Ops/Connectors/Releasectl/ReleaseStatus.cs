namespace Glancy.Ops.Connectors.Releasectl;

/// <summary>What the release tool says of the train (<c>releasectl stage status</c>).</summary>
/// <param name="Batch">Null when no batch is rolling out.</param>
/// <param name="Weight">Per cent of traffic on the new colour.</param>
/// <param name="OldKeptUntil">Until when the old version can be switched back to without loss (§2.2: 30-60
/// min).</param>
public sealed record ReleaseStatus(
    string? Batch,
    double Weight,
    string NewColour,
    string OldColour,
    DateTimeOffset? OldKeptUntil,
    string State,
    DateTimeOffset UpdatedAt
)
{
    /// <summary>
    /// There is traffic on the new colour to take back, and an old version to take it back to (rule 8).
    /// </summary>
    public bool CanGoBack(DateTimeOffset now) =>
        Batch is not null && Weight > 0 && (Weight < 100 || OldKeptUntil > now);

    /// <summary>All the traffic is on the new colour, and the old version is not kept beside it any more.</summary>
    public bool OldGone(DateTimeOffset now) => Batch is not null && Weight >= 100 && !(OldKeptUntil > now);

    /// <summary>
    /// The new colour carries traffic and is still on trial: while the batch rolls out, and at 100 % for as long as
    /// there is an old version to go back to (§2.2). Until then it is read apart (rule 9).
    /// </summary>
    public bool OnTrial(DateTimeOffset at) => Active || (Batch is not null && Weight > 0 && OldKeptUntil > at);

    /// <summary>A batch is carrying production traffic on the new colour.</summary>
    public bool Active => Batch is not null && State == "active" && Weight > 0;
}
