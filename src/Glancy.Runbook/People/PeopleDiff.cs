using Glancy.Runbook.Differences;

namespace Glancy.Runbook.People;

/// <summary>
/// Roles and people. A role that speaks for more than before is looser; an account that belongs to somebody else now is
/// not taken for harmless.
/// </summary>
internal static class PeopleDiff
{
    public static void AddRoles(Changes changes, RunbookContent before, RunbookContent after) =>
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

    public static void AddPeople(Changes changes, RunbookContent before, RunbookContent after) =>
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
}
