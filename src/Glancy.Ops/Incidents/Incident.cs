using System.Globalization;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Incidents;

/// <summary>Something that went wrong and is being dealt with.</summary>
/// <param name="Id"><c>INC-2025-0418-01</c>: the Shanghai day it was opened on and a number within that day.</param>
/// <param name="OpenedBy">A person's id.</param>
/// <param name="Closed">Null while it is open.</param>
public sealed record Incident(
    string Id,
    Severity Severity,
    string Title,
    DateTimeOffset OpenedAt,
    string OpenedBy,
    IncidentEnd? Closed
)
{
    /// <summary>Who has it in hand since when; null while nobody has said so.</summary>
    public IncidentHand? Acknowledged { get; init; }

    /// <summary>Who commands it; null when nobody does.</summary>
    public string? Commander { get; init; }

    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary><c>Sev-1</c>, in every language.</summary>
    public string Level => LevelOf(Severity);

    /// <summary><c>Sev-1</c>, in every language.</summary>
    public static string LevelOf(Severity severity) => "Sev-" + ((int)severity).ToString(CultureInfo.InvariantCulture);

    /// <summary>The day that an incident opened at this instant is numbered in.</summary>
    internal static DateOnly DayOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Shanghai).DateTime);

    internal static string IdOf(DateOnly day, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"INC-{day:yyyy-MMdd}-{number:00}");
}

/// <summary>How an incident ended.</summary>
public sealed record IncidentEnd(DateTimeOffset At, string By, string Reason);

/// <summary>Somebody said "I have it".</summary>
public sealed record IncidentHand(DateTimeOffset At, string By);

/// <summary>An incident with everything that is known of it.</summary>
/// <param name="BreakGlass">Oldest first.</param>
/// <param name="InTheWay">Why it cannot be closed now; empty when it can, or is closed already.</param>
public sealed record IncidentDetails(
    Incident Incident,
    IReadOnlyList<BreakGlassUse> BreakGlass,
    IReadOnlyList<Refusal> InTheWay
)
{
    /// <summary>Who is called when; null for an incident from before there were clocks.</summary>
    public IncidentClock? Clock { get; init; }

    /// <summary>The last call; null when nobody was called yet.</summary>
    public IncidentEvent? LastCall { get; init; }

    /// <summary>What could not be told outside, newest first and a few at most.</summary>
    public IReadOnlyList<Undelivered> Undelivered { get; init; } = [];
}

/// <summary>How the calls for an incident go on.</summary>
/// <param name="Since">The clock started then: at the opening, or when it was raised.</param>
/// <param name="Step">The step of the chain that is called next, from 0.</param>
/// <param name="Calls">Calls so far.</param>
/// <param name="DueAt">When the next is called; null when nobody is any more.</param>
public sealed record IncidentClock(DateTimeOffset Since, int Step, int Calls, DateTimeOffset? DueAt);

/// <summary>Something that happened in an incident.</summary>
/// <param name="Kind">Which words: <c>opened</c>, <c>acknowledged</c>, <c>called</c>, ...</param>
public sealed record IncidentEvent(
    DateTimeOffset At,
    string Actor,
    string Kind,
    IReadOnlyDictionary<string, string> Detail
);
