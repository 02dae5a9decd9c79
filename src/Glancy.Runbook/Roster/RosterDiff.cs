using System.Globalization;
using Glancy.Runbook.Differences;
using Glancy.Runbook.People;

namespace Glancy.Runbook.Roster;

/// <summary>Who holds a role when: everyday work, and only listed.</summary>
internal static class RosterDiff
{
    public static void Add(Changes changes, RosterBook before, RosterBook after)
    {
        changes.Plain("roster/time_zone", before.TimeZone, after.TimeZone);
        changes.Plain("roster/shifts", before.Shifts.Select(Shift), after.Shifts.Select(Shift));
        changes.Plain("roster/start", before.RotationStart, after.RotationStart);
        changes.Plain("roster/rotation", before.Rotation.Select(Week), after.Rotation.Select(Week));
        changes.Plain("roster/rest", before.RestRotation.Select(Week), after.RestRotation.Select(Week));
        changes.Plain("roster/days", before.Days.Select(Day), after.Days.Select(Day));
        foreach (
            var role in before
                .Standing.Keys.Union(after.Standing.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            changes.Plain(
                $"roster/standing/{role}",
                before.Standing.GetValueOrDefault(role),
                after.Standing.GetValueOrDefault(role)
            );
        }

        changes.LessIsTighter("roster/handover/kept_for", before.Handover.KeptFor, after.Handover.KeptFor);
        changes.LessIsTighter(
            "roster/handover/escalated_after",
            before.Handover.EscalatedAfter,
            after.Handover.EscalatedAfter
        );

        // Who may change a source decides who holds its role.
        changes.Entries(
            "roster/sources",
            before.Sources,
            after.Sources,
            s => s.Role,
            _ => true,
            _ => false,
            (where, old, now) =>
            {
                changes.Altered(where + "/kept", old.Name, now.Name);
                changes.LessIsTighter(where + "/trusted_for", old.TrustedFor, now.TrustedFor);
            }
        );
        changes.Plain("roster/overrides", before.Overrides.Select(Override), after.Overrides.Select(Override));
    }

    private static string Shift(ShiftHours shift) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{shift.Id} {shift.Name.Zh}/{shift.Name.En} {shift.Start:HH:mm}-{shift.End:HH:mm}"
        );

    private static string Week(RotationWeek week) =>
        string.Join(
            ' ',
            week.Shifts.OrderBy(s => s.Key, StringComparer.Ordinal)
                .SelectMany(s =>
                    s.Value.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{s.Key}:{r.Key}={r.Value}")
                )
        );

    private static string Day(CalendarDay day) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{day.From:yyyy-MM-dd}..{day.To:yyyy-MM-dd} {day.Kind} {day.Name.Zh}/{day.Name.En}"
        );

    private static string Override(RosterOverride change) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{change.Role}={change.Person} {change.From:O}..{change.To:O} {change.Reason}"
        );
}
