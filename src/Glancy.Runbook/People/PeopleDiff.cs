using System.Globalization;
using Glancy.Runbook.Differences;
using Glancy.Runbook.Roster;

namespace Glancy.Runbook.People;

/// <summary>
/// Roles, people and the roster. A role that speaks for more than before is looser; who holds a role when is everyday
/// work and is only listed, but an account that belongs to somebody else now is not taken for harmless.
/// </summary>
internal static class PeopleDiff
{
    public static void Add(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Entries(
            "roles",
            before.Roles.Values,
            after.Roles.Values,
            r => r.Id,
            r => r.StandsInFor.Count > 0,
            _ => false,
            (where, old, now) =>
            {
                changes.Plain(where + "/name", old.Name, now.Name);
                changes.Plain(where + "/by_shift", old.ByShift, now.ByShift);
                changes.Set(
                    where + "/stands_in_for",
                    old.StandsInFor,
                    now.StandsInFor,
                    gainIsLooser: true,
                    lossIsLooser: false
                );
                changes.Plain(where + "/escalates_to", old.EscalatesTo, now.EscalatesTo);
            }
        );
        changes.Entries(
            "people",
            before.People.Values,
            after.People.Values,
            p => p.Id,
            _ => false,
            _ => false,
            (where, old, now) =>
            {
                changes.Plain(where + "/name", old.Name, now.Name);
                changes.Altered(where + "/login", old.Login, now.Login);
                changes.Altered(where + "/slack", old.Slack, now.Slack);
                changes.Plain(where + "/pagerduty", old.PagerDuty, now.PagerDuty);
                changes.Plain(where + "/github", old.GitHub, now.GitHub);
                changes.Plain(where + "/phone", old.Phone, now.Phone);
                changes.Plain(where + "/language", old.Language, now.Language);
            }
        );
        Roster(changes, before.Roster, after.Roster);
    }

    private static void Roster(Changes changes, RosterBook before, RosterBook after)
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
