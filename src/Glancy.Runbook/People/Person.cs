using Glancy.Runbook.Roster;

namespace Glancy.Runbook.People;

/// <summary>One person, with the accounts by which the person is known elsewhere.</summary>
/// <param name="Id">Short and stable; what <c>--as</c>, the audit and the roster use.</param>
/// <param name="Login">Account name on the operations host; the local socket's peer is matched with it.</param>
/// <param name="Phone">International form, for <c>tel:</c> links; null when unknown.</param>
/// <param name="Language"><c>zh-CN</c> or <c>en-US</c>.</param>
public sealed record Person(
    string Id,
    string Name,
    string Login,
    string? Slack,
    string? PagerDuty,
    string? GitHub,
    string? Phone,
    string Language
);

/// <summary>A role of §1.1.</summary>
/// <param name="StandsInFor">Roles whose confirmations this one may also give: Secondary for Primary (rule 5).</param>
/// <param name="EscalatesTo">Roles to turn to next.</param>
/// <param name="ByShift">True for Primary and Secondary, which change hands with the shift.</param>
public sealed record Role(
    string Id,
    Words Name,
    bool ByShift,
    IReadOnlyList<string> StandsInFor,
    IReadOnlyList<string> EscalatesTo
);

/// <summary>Who is on duty when: shift hours, the weekly rotation, standing roles and overrides.</summary>
public sealed record RosterBook(
    string TimeZone,
    IReadOnlyList<ShiftHours> Shifts,
    DateOnly RotationStart,
    IReadOnlyList<RotationWeek> Rotation,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Standing,
    IReadOnlyList<RosterOverride> Overrides
)
{
    public static RosterBook Empty { get; } =
        new("", [], default, [], new Dictionary<string, IReadOnlyList<string>>(), []);

    /// <summary>
    /// What each file of <c>roster/</c> gave, in the order in which they count; their overrides are in
    /// <see cref="Overrides"/>, too.
    /// </summary>
    public IReadOnlyList<RosterImport> Imports { get; init; } = [];

    public HandoverTerms Handover { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Holidays and the workdays that make up for them; of two for one date the later counts.</summary>
    public IReadOnlyList<CalendarDay> Days { get; init; } = [];

    /// <summary>
    /// Who is on duty on days off, week by week as in <see cref="Rotation"/>; empty where they are like any others.
    /// </summary>
    public IReadOnlyList<RotationWeek> RestRotation { get; init; } = [];

    /// <summary>What makes a date special; null for a date like any other.</summary>
    public CalendarDay? DayOf(DateOnly date) => Days.LastOrDefault(d => d.Covers(date));

    /// <summary>A day off: a holiday, or a weekend's day that is not worked.</summary>
    public bool IsRest(DateOnly date) =>
        DayOf(date) is { } day ? day.Kind == DayKind.Holiday : date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>Roles that are kept elsewhere; at most one source each.</summary>
    public IReadOnlyList<RosterSource> Sources { get; init; } = [];

    /// <summary>
    /// What was heard of them; nothing in the runbook's own content (<see cref="DutyRoster.KnownAsync"/>).
    /// </summary>
    public HeardRoster Heard { get; init; } = HeardRoster.Nothing;
}

/// <summary>How a shift is handed over (§1.2, §3.1).</summary>
/// <param name="KeptFor">How long those who leave keep their role at most.</param>
/// <param name="EscalatedAfter">After how long without acceptance the release manager is called.</param>
public sealed record HandoverTerms(TimeSpan KeptFor, TimeSpan EscalatedAfter);

/// <summary>
/// A shift by the clock of the roster's time zone; the one that ends before it starts runs over midnight.
/// </summary>
public sealed record ShiftHours(string Id, Words Name, TimeOnly Start, TimeOnly End);

/// <summary>One week of the rotation: for each shift id, who holds each by-shift role.</summary>
public sealed record RotationWeek(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Shifts);

/// <summary>Somebody else holds a role for a while.</summary>
public sealed record RosterOverride(string Role, string Person, DateTimeOffset From, DateTimeOffset To, string Reason)
{
    /// <summary>The file of the runbook that says so; empty for one that somebody entered.</summary>
    public string File { get; init; } = "";

    /// <summary>From 1; 0 where no file says so.</summary>
    public int Line { get; init; }

    /// <summary>Written at another place it is still the same one.</summary>
    public bool Equals(RosterOverride? other) =>
        other is not null
        && Role == other.Role
        && Person == other.Person
        && From == other.From
        && To == other.To
        && Reason == other.Reason;

    public override int GetHashCode() => HashCode.Combine(Role, Person, From, To, Reason);
}

/// <summary>What a file of <c>roster/</c> gave.</summary>
/// <param name="Days">How many holidays and workdays.</param>
/// <param name="Cancelled">How many events it lists that are off; they are nobody's duty.</param>
/// <param name="Floating">How many of the overrides come from times without a zone, read by the roster's clock.</param>
public sealed record RosterImport(
    string File,
    IReadOnlyList<RosterOverride> Overrides,
    int Days,
    int Cancelled,
    int Floating
);
