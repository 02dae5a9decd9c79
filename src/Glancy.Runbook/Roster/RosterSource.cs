namespace Glancy.Runbook.Roster;

/// <summary>Where a role may be kept beside the runbook.</summary>
public enum SourceKind
{
    /// <summary>A schedule of PagerDuty, by its on-calls.</summary>
    PagerDuty,

    /// <summary>A user group of Slack, by its members.</summary>
    SlackGroup,
}

/// <summary>A role that is kept elsewhere (§1.1).</summary>
/// <param name="Id">The schedule's or the group's.</param>
/// <param name="TrustedFor">How long what was heard last counts while nothing is heard; then the runbook's roster
/// does.</param>
public sealed record RosterSource(string Role, SourceKind Kind, string Id, TimeSpan TrustedFor)
{
    /// <summary><c>PagerDuty PABC123</c></summary>
    public string Name => $"{Kind} {Id}";
}

/// <summary>What is known of the sources at an instant.</summary>
/// <param name="Turns">Of the roles in <paramref name="Roles"/> only.</param>
public sealed record HeardRoster(IReadOnlyList<HeardRole> Roles, IReadOnlyList<RosterTurn> Turns)
{
    public static HeardRoster Nothing { get; } = new([], []);
}

/// <summary>A role for which its source counts.</summary>
/// <param name="Until">How far ahead it was heard; null for all time to come.</param>
public sealed record HeardRole(string Role, DateTimeOffset HeardAt, DateTimeOffset? Until)
{
    /// <summary>Since when it counts without a break; before, the runbook's roster did.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;
}

/// <summary>Somebody holds a role for a while.</summary>
/// <param name="To">Null while nobody says when it ends.</param>
public sealed record RosterTurn(string Role, string Person, DateTimeOffset From, DateTimeOffset? To)
{
    public bool Covers(DateTimeOffset at) => From <= at && !(To <= at);
}
