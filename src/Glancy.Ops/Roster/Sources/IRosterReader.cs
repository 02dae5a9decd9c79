using Glancy.Runbook.Roster;

namespace Glancy.Ops.Roster.Sources;

/// <summary>Asks one kind of source who is on duty.</summary>
public interface IRosterReader
{
    SourceKind Kind { get; }

    /// <summary>Asks once; trouble is a reading, too.</summary>
    /// <param name="id">The schedule's or the group's.</param>
    Task<RosterReading> ReadAsync(
        string id,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );
}

/// <summary>What a source said.</summary>
public abstract record RosterReading
{
    private RosterReading() { }

    /// <summary>It said who.</summary>
    /// <param name="Until">How far ahead; null for all time to come.</param>
    public sealed record Heard(IReadOnlyList<HeardTurn> Turns, DateTimeOffset? Until) : RosterReading;

    /// <summary>It said nothing, or nothing that could be understood.</summary>
    /// <param name="Why">A code: <c>not-set-up</c>, <c>deadline</c>, <c>unreadable</c>, <c>http-429</c>, or Slack's
    /// own.</param>
    public sealed record NotHeard(string Why) : RosterReading;
}

/// <summary>A turn by the other side's account.</summary>
/// <param name="From">Null when it does not say.</param>
/// <param name="To">Null when it does not end.</param>
public sealed record HeardTurn(string Account, DateTimeOffset? From, DateTimeOffset? To);
