using System.Globalization;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>A role in one shift.</summary>
public sealed record Turn(string Role, DateTimeOffset From, DateTimeOffset To);

/// <summary>One offers a turn to another, who accepts or not (C1, §1.1).</summary>
/// <param name="Give">Whoever proposes it holds it, and the other is to.</param>
/// <param name="Take">The other way round; null where nothing is taken in return.</param>
/// <param name="Ended">Null while it waits for an answer.</param>
public sealed record Swap(
    long Id,
    string By,
    string With,
    Turn Give,
    Turn? Take,
    string Reason,
    DateTimeOffset At,
    SwapEnd? Ended
)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"S-{Id}");

    /// <summary>After this nothing can be changed any more.</summary>
    public DateTimeOffset Deadline => Take is { } take && take.From < Give.From ? take.From : Give.From;

    /// <summary>The two overrides it becomes.</summary>
    public IReadOnlyList<RosterOverride> Overrides =>
        [
            new(Give.Role, With, Give.From, Give.To, Reason),
            .. Take is { } take
                ? [new RosterOverride(take.Role, By, take.From, take.To, Reason)]
                : Array.Empty<RosterOverride>(),
        ];
}

/// <summary>How a proposal ended.</summary>
/// <param name="Accepted">False when either side did not want it (any more).</param>
public sealed record SwapEnd(DateTimeOffset At, string By, bool Accepted);
