namespace Glancy.Runbook.Roster;

/// <summary>What makes a date another than its weekday says.</summary>
public enum DayKind
{
    /// <summary>A statutory holiday: a day off.</summary>
    Holiday,

    /// <summary>A weekend's day that is worked, to make up for a holiday.</summary>
    Workday,
}

/// <summary>Dates by the roster's time zone, both ends among them.</summary>
public sealed record CalendarDay(DateOnly From, DateOnly To, DayKind Kind, Words Name)
{
    public bool Covers(DateOnly date) => From <= date && date <= To;
}
