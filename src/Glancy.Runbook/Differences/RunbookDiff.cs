using Glancy.Runbook.Alerts;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Masking;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;
using Glancy.Runbook.Slo;

namespace Glancy.Runbook.Differences;

/// <summary>
/// What differs between two versions, and which of it is looser (rule 12). Pure; comments and order are no difference.
/// </summary>
public static class RunbookDiff
{
    public static IReadOnlyList<RunbookChange> Between(RunbookContent before, RunbookContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new Changes();
        HookDiff.Add(changes, before.Hooks, after.Hooks);
        LadderDiff.Add(changes, before.Ladder, after.Ladder);
        ProcedureDiff.Add(changes, before.Procedures, after.Procedures);
        VerbDiff.Add(changes, before.Verbs, after.Verbs);
        changes.Entries(
            "commands",
            before.Commands.Values,
            after.Commands.Values,
            c => c.Id,
            _ => false,
            _ => false,
            (where, old, now) => Command(changes, where, old, now)
        );
        changes.Entries(
            "flags",
            before.Flags.Values,
            after.Flags.Values,
            f => f.Name,
            _ => false,
            f => f.KillSwitch,
            (where, old, now) => Flag(changes, where, old, now)
        );
        changes.Entries(
            "statements",
            before.Statements,
            after.Statements,
            s => s.Key,
            _ => false,
            _ => false,
            (where, old, now) => changes.Altered(where, old.Value, now.Value)
        );
        PeopleDiff.Add(changes, before, after);
        PermissionDiff.Add(changes, before.Permissions, after.Permissions);
        SloDiff.Add(changes, before.Slo, after.Slo);
        PatrolDiff.Add(changes, before.Patrols, after.Patrols);
        AlertDiff.Add(changes, before.Alerts, after.Alerts);
        MaskingDiff.Add(changes, before.Masking, after.Masking);
        EscalationDiff.Add(changes, before.Escalation, after.Escalation);
        changes.LessIsTighter("leases/undo_free", before.Leases.UndoFree, after.Leases.UndoFree);
        changes.LessIsTighter("leases/remind_every", before.Leases.RemindEvery, after.Leases.RemindEvery);
        changes.Entries(
            "dashboards",
            before.Dashboards.Values,
            after.Dashboards.Values,
            d => d.Id,
            _ => false,
            _ => false,
            (where, old, now) =>
            {
                changes.Plain(where + "/name", old.Name, now.Name);
                changes.Plain(where + "/url", old.Url, now.Url);
            }
        );
        changes.Plain("source/title", before.Source.Title, after.Source.Title);
        changes.Plain("source/sha256", before.Source.Sha256, after.Source.Sha256);
        changes.Plain("source/date", before.Source.Date, after.Source.Date);
        changes.Set(
            "source/sections",
            before.Source.Sections,
            after.Source.Sections,
            gainIsLooser: false,
            lossIsLooser: false
        );
        return changes.Found;
    }

    private static void Command(Changes changes, string where, CommandTemplate before, CommandTemplate after)
    {
        changes.Altered(where + "/text", before.Text, after.Text);
        changes.Altered(where + "/read_only", before.ReadOnly, after.ReadOnly);
        changes.Altered(where + "/parser", before.Parser, after.Parser);
        changes.LessIsTighter(where + "/deadline", before.Deadline, after.Deadline);
        changes.Altered(where + "/changes", before.Changes, after.Changes);
        changes.Plain(where + "/section", before.Section, after.Section);
    }

    private static void Flag(Changes changes, string where, Flag before, Flag after)
    {
        changes.Plain(where + "/title", before.Title, after.Title);
        changes.Altered(where + "/default", before.Default, after.Default);

        // No list at all is any whole number.
        changes.Judged(
            where + "/values",
            before.Values,
            after.Values,
            before.Values.Count > 0 && (after.Values.Count == 0 || after.Values.Except(before.Values).Any())
        );
        changes.Switch(where + "/kill_switch", before.KillSwitch, after.KillSwitch, looserWhen: false);
        changes.Set(where + "/affects", before.Affects, after.Affects, gainIsLooser: true, lossIsLooser: false);
        changes.Set(where + "/recovers", before.Recovers, after.Recovers, gainIsLooser: false, lossIsLooser: true);
        changes.Plain(where + "/section", before.Section, after.Section);
    }
}
