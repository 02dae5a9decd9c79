using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Handovers;

/// <summary>The handover of one change of shift (C5, §3.1).</summary>
/// <param name="Boundary">The instant at which the new shift begins; there is one handover for each.</param>
/// <param name="Facts">How things stood when it was opened; null for the shift that had begun before the bot
/// did.</param>
/// <param name="Clean">No grave incident was open and no change without a rule for going back was left; null until that
/// is so.</param>
public sealed record Handover(
    DateTimeOffset Boundary,
    DateTimeOffset OpenedAt,
    HandoverFacts? Facts,
    HandoverMark? Accepted,
    HandoverMark? Clean,
    DateTimeOffset? EscalatedAt
)
{
    /// <summary>Stands among what is left for a train that is frozen.</summary>
    public const string Frozen = "freeze";

    /// <summary>
    /// What was left to the shift when it was accepted, or marked clean: names, and <see cref="Frozen"/>.
    /// </summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>The key of its card; the shift's posts stand in that thread.</summary>
    public string Key => KeyOf(Boundary);

    /// <summary>The key of the card of the handover at a boundary.</summary>
    public static string KeyOf(DateTimeOffset boundary) =>
        "handover:"
        + boundary.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Somebody's word on a handover.</summary>
public sealed record HandoverMark(DateTimeOffset At, string By);

/// <summary>The fields of §3.1 as they stood at an instant.</summary>
/// <param name="At">When they were read: at the boundary, or later where nobody was there to read them then.</param>
/// <param name="Shift">The id of the shift that begins; <paramref name="Before"/> of the one that ends.</param>
/// <param name="Outgoing">Role to persons of the shift that ends; Primary and Secondary.</param>
/// <param name="Incoming">Role to persons of the shift that begins.</param>
/// <param name="Release">Null when the release tool could not be asked; <paramref name="ReleaseUnknown"/> says
/// why.</param>
/// <param name="Switches">Temporary changes that stand.</param>
public sealed record HandoverFacts(
    DateTimeOffset At,
    string Before,
    string Shift,
    DateTimeOffset End,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Outgoing,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Incoming,
    ReleaseFact? Release,
    Refusal? ReleaseUnknown,
    string? Frozen,
    IReadOnlyList<HookFact> Hooks,
    IReadOnlyList<IncidentFact> Incidents,
    IReadOnlyList<RunFact> Runs,
    IReadOnlyList<SwitchFact> Switches,
    IReadOnlyList<FollowUp> FollowUps
)
{
    /// <summary>Roles of the shifts that change hands inside one of them, from then on; the first first.</summary>
    public IReadOnlyList<DutyChange> Changes { get; init; } = [];
}

/// <param name="Batch">Null when none is rolling out.</param>
/// <param name="Weight">Per cent of traffic on the new colour.</param>
public sealed record ReleaseFact(string? Batch, double Weight, string State);

/// <summary>One hook with the measure that decided its light.</summary>
/// <param name="Value">As people read it, with its unit; null where it is unknown.</param>
/// <param name="Near">Less than ten per cent from its limit (§3).</param>
public sealed record HookFact(string Hook, Light Light, string? Value, bool Near, string? ExplainedBy);

/// <param name="Owner">Who sees to it; null for nobody.</param>
public sealed record IncidentFact(string Incident, string Level, string Title, DateTimeOffset OpenedAt, string? Owner);

/// <summary>A run that had not ended.</summary>
public sealed record RunFact(string Run, Words Title, string State);

/// <summary>A temporary change that stands (rule 7).</summary>
/// <param name="Recovers">Hooks and lines of SOPs whose recovery lets it be taken back; empty where no rule says
/// so.</param>
public sealed record SwitchFact(
    string Lease,
    string Target,
    string Value,
    string Owner,
    DateTimeOffset Since,
    IReadOnlyList<string> Recovers
);

/// <summary>Something to see to after the shift; open ones carry over with their age.</summary>
/// <param name="Link">A message that says more; null for none.</param>
public sealed record FollowUp(long Id, string Words, string? Link, string By, DateTimeOffset At)
{
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"F-{Id}");
}
