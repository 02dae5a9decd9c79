using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>
/// What the release tool knows of production (§2.2): two colours, and how much of the traffic is on the new one.
/// </summary>
/// <param name="Batch"><c>REL-B1</c> to <c>REL-B5</c>; null before the first.</param>
/// <param name="Weight">Per cent of traffic on the new colour.</param>
/// <param name="State"><c>none</c>, <c>active</c>, <c>complete</c> or <c>rolled-back</c>.</param>
/// <param name="OldKeptUntil">Set when the old colour carries no traffic any more.</param>
public sealed record ReleaseTrain(
    string? Batch,
    double Weight,
    string NewColour,
    string OldColour,
    DateTimeOffset? OldKeptUntil,
    string State,
    DateTimeOffset UpdatedAt
)
{
    private static readonly TimeSpan OldIsKept = TimeSpan.FromMinutes(60);

    public static ReleaseTrain Idle(DateTimeOffset at) => new(null, 0, "green", "blue", null, "none", at);

    /// <summary>Share of the traffic on a colour, 0 to 1.</summary>
    public double ShareOf(string colour) => colour == NewColour ? Weight / 100 : 1 - (Weight / 100);

    /// <summary>The train after a promotion. A batch after a completed one goes to the other colour.</summary>
    public ReleaseTrain Promoted(string batch, double weight, DateTimeOffset at)
    {
        if (State is "active" or "complete" && Batch == batch && Weight == weight)
        {
            return this;
        }

        var turned = State == "complete" && batch != Batch;
        return this with
        {
            Batch = batch,
            Weight = weight,
            NewColour = turned ? OldColour : NewColour,
            OldColour = turned ? NewColour : OldColour,
            State = weight >= 100 ? "complete" : "active",
            OldKeptUntil = weight >= 100 ? at + OldIsKept : null,
            UpdatedAt = at,
        };
    }

    /// <summary>The train with all traffic on the old colour.</summary>
    public ReleaseTrain RolledBack(string batch, DateTimeOffset at) =>
        State == "rolled-back" && Batch == batch && Weight == 0
            ? this
            : this with
            {
                Batch = batch,
                Weight = 0,
                State = "rolled-back",
                OldKeptUntil = null,
                UpdatedAt = at,
            };

    /// <summary>What <c>releasectl stage status</c> prints.</summary>
    public string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            batch: {Batch ?? "none"}
            weight: {Weight}
            new_colour: {NewColour}
            old_colour: {OldColour}
            old_kept_until: {(OldKeptUntil is { } until ? Instant(until) : "none")}
            state: {State}
            updated_at: {Instant(UpdatedAt)}
            """
        );

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
