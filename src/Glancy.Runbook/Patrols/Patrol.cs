using System.Text.Json.Serialization;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Patrols;

/// <summary>Something that is looked at by itself at set times (§3).</summary>
public sealed record Patrol
{
    public required string Id { get; init; }

    public required Words Title { get; init; }

    /// <summary>
    /// Counted from midnight; null where <see cref="At"/> names the hours, or a change of the stage is waited for.
    /// </summary>
    public required TimeSpan? Every { get; init; }

    public required IReadOnlyList<TimeOnly> At { get; init; }

    /// <summary>
    /// How long after each change of the stage, and again after as long while it may recover; null where the clock says
    /// when.
    /// </summary>
    public required TimeSpan? AfterRelease { get; init; }

    /// <summary>
    /// Ids of hooks whose lights count; after a release the gates of its rung and its record count as well (§4.1).
    /// </summary>
    public required IReadOnlyList<string> Hooks { get; init; }

    /// <summary>What else is read, with its own limits.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Nothing the bot can reach knows it: a person looks, with <see cref="Type"/>.</summary>
    public required bool ByPerson { get; init; }

    /// <summary>What can be said next; null for nothing.</summary>
    public required PatrolStep? Next { get; init; }

    /// <summary>Commands a person types when it is not green.</summary>
    public required IReadOnlyList<string> Type { get; init; }

    public required string Section { get; init; }

    /// <summary>
    /// The instants it is due at after one and until another, the first first; both by the given zone's clock. None
    /// where a release is waited for.
    /// </summary>
    public IEnumerable<DateTimeOffset> Due(TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (AfterRelease is not null)
        {
            yield break;
        }

        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime); ; day = day.AddDays(1))
        {
            foreach (var time in Times())
            {
                var local = day.ToDateTime(time);
                var at = new DateTimeOffset(local, zone.GetUtcOffset(local));
                if (at > until)
                {
                    yield break;
                }

                if (at > after)
                {
                    yield return at;
                }
            }
        }
    }

    private IEnumerable<TimeOnly> Times()
    {
        if (Every is not { } every)
        {
            return At.Order();
        }

        return Enumerable
            .Range(0, (int)Math.Ceiling(TimeSpan.FromDays(1) / every))
            .Select(i => TimeOnly.FromTimeSpan(every * i));
    }
}

/// <param name="Say">A whole command, or one with blanks to fill in.</param>
public sealed record PatrolStep(Words Label, string Say);

/// <summary>How things stood; what is worse is greater. Unknown is never green (rule 9).</summary>
public enum PatrolResult
{
    Green,

    /// <summary>Good, and less than ten per cent from a limit (§3).</summary>
    Near,
    Yellow,
    Unknown,
    Red,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Value">As people read it, with its unit; null where it is unknown.</param>
/// <param name="Limit">The red limit; empty where a light, the record or a person's word is the condition.</param>
public sealed record PatrolLine(
    string Id,
    Words Name,
    Light Light,
    string? Value,
    string Limit,
    bool Near,
    string? ExplainedBy
)
{
    /// <summary>Only a person can say so (§4.1).</summary>
    public bool Attested { get; init; }

    /// <summary>What it makes of the patrol; what our own switch does is no news.</summary>
    [JsonIgnore]
    public PatrolResult Result =>
        this switch
        {
            { ExplainedBy: not null } => PatrolResult.Green,
            { Light: Light.Red } => PatrolResult.Red,
            { Light: Light.Unknown } => PatrolResult.Unknown,
            { Light: Light.Yellow } => PatrolResult.Yellow,
            { Near: true } => PatrolResult.Near,
            _ => PatrolResult.Green,
        };
}

/// <summary>A patrol that was done.</summary>
/// <param name="DueAt">The instant it was due at.</param>
/// <param name="Missed">How many before it nobody was there for.</param>
/// <param name="Card">The key of the card it is shown on; null where there was nothing to say.</param>
public sealed record PatrolRun(
    string Patrol,
    DateTimeOffset DueAt,
    DateTimeOffset LookedAt,
    PatrolResult Result,
    IReadOnlyList<PatrolLine> Lines,
    int Missed,
    string? Card
)
{
    /// <summary>Another look may find it better: something is not well that is not a person's to confirm.</summary>
    [JsonIgnore]
    public bool MayRecover => Lines.Any(l => !l.Attested && l.Result is not (PatrolResult.Green or PatrolResult.Near));
}
