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
public sealed record HandoverFacts
{
    /// <summary>When they were read: at the boundary, or later where nobody was there to read them then.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Before { get; init; }

    /// <summary>The id of the shift that begins; <see cref="Before"/> of the one that ends.</summary>
    public required string Shift { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Role to persons of the shift that ends; Primary and Secondary.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Outgoing { get; init; }

    /// <summary>Role to persons of the shift that begins.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Incoming { get; init; }

    /// <summary>Null when the release tool could not be asked; <see cref="ReleaseUnknown"/> says why.</summary>
    public ReleaseFact? Release { get; init; }

    public Refusal? ReleaseUnknown { get; init; }

    public string? Frozen { get; init; }

    public required IReadOnlyList<HookFact> Hooks { get; init; }

    public required IReadOnlyList<IncidentFact> Incidents { get; init; }

    public required IReadOnlyList<RunFact> Runs { get; init; }

    /// <summary>Temporary changes that stand.</summary>
    public required IReadOnlyList<SwitchFact> Switches { get; init; }

    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

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
