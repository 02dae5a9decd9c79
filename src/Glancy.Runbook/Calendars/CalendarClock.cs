using NodaTime;

namespace Glancy.Runbook.Calendars;

/// <summary>
/// What turns the hours of a calendar into instants: a zone, or the roster's own clock for hours without one.
/// </summary>
internal abstract record CalendarClock
{
    /// <summary>No zone was said: by the roster's clock.</summary>
    public virtual bool Floating => false;

    public abstract DateTimeOffset At(DateTime local);

    /// <summary>What this clock shows then.</summary>
    public abstract DateTime Shown(DateTimeOffset at);
}

/// <summary>
/// Hours that exist twice are the earlier, and those that do not exist follow the offset before the gap (RFC 5545
/// 3.3.5).
/// </summary>
internal sealed record ZoneClock(DateTimeZone Zone) : CalendarClock
{
    public static ZoneClock Utc { get; } = new(DateTimeZone.Utc);

    public override DateTimeOffset At(DateTime local) =>
        Zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset();

    public override DateTime Shown(DateTimeOffset at) =>
        Instant.FromDateTimeOffset(at).InZone(Zone).ToDateTimeUnspecified();
}

/// <summary>The clock the roster's shifts are kept by.</summary>
internal sealed record RosterClock(TimeZoneInfo Zone) : CalendarClock
{
    public override bool Floating => true;

    public override DateTimeOffset At(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(plain, Zone.GetUtcOffset(plain));
    }

    public override DateTime Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;
}
