using System.Globalization;

namespace Glancy.Ops.Incidents;

/// <summary>How bad it is (§5.1).</summary>
public enum Severity
{
    /// <summary>SLA broken, everything down, payments or subscriptions interrupted.</summary>
    Sev1 = 1,

    /// <summary>SLO near its limit, 15 % of users or more, exports, quota or degradation wrong.</summary>
    Sev2 = 2,

    /// <summary>Worth a record; can wait.</summary>
    Sev3 = 3,
}

/// <summary>Something that went wrong and is being dealt with.</summary>
/// <param name="Id"><c>INC-2025-0418-01</c>: the Shanghai day it was opened on and a number within that day.</param>
/// <param name="OpenedBy">A person's id.</param>
/// <param name="Closed">Null while it is open.</param>
public sealed record Incident(string Id, Severity Severity, string Title, DateTimeOffset OpenedAt, string OpenedBy, IncidentEnd? Closed)
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary><c>Sev-1</c>, in every language.</summary>
    public string Level => LevelOf(Severity);

    /// <summary><c>Sev-1</c>, in every language.</summary>
    public static string LevelOf(Severity severity) => "Sev-" + ((int)severity).ToString(CultureInfo.InvariantCulture);

    /// <summary>The day that an incident opened at this instant is numbered in.</summary>
    internal static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Shanghai).DateTime);

    internal static string IdOf(DateOnly day, int number) => string.Create(CultureInfo.InvariantCulture, $"INC-{day:yyyy-MMdd}-{number:00}");
}

/// <summary>How an incident ended.</summary>
public sealed record IncidentEnd(DateTimeOffset At, string By, string Reason);

/// <summary>An incident with everything that is known of it.</summary>
/// <param name="BreakGlass">Oldest first.</param>
/// <param name="InTheWay">Why it cannot be closed now; empty when it can, or is closed already.</param>
public sealed record IncidentDetails(Incident Incident, IReadOnlyList<BreakGlassUse> BreakGlass, IReadOnlyList<Refusal> InTheWay);
