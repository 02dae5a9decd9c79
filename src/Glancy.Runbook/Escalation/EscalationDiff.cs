using System.Globalization;
using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Escalation;

/// <summary>
/// Who is called for an incident and when. More time before the next is called, or before somebody is asked again, is
/// looser; another owner or chain cannot be judged.
/// </summary>
internal static class EscalationDiff
{
    public static void Add(Changes changes, EscalationRules before, EscalationRules after)
    {
        changes.Entries(
            "escalation",
            before.Clocks,
            after.Clocks,
            c => Name(c.Severity),
            _ => false,
            _ => true,
            (where, old, now) =>
            {
                changes.LessIsTighter(where + "/acknowledge", old.Acknowledge, now.Acknowledge);
                changes.Altered(where + "/pager", old.Pager, now.Pager);
                changes.Plain(where + "/section", old.Section, now.Section);
            }
        );
        // A light that is named no more is a Sev-3 by itself.
        changes.Entries(
            "escalation/proposals",
            before.Proposals,
            after.Proposals,
            p => p.Hook,
            _ => false,
            _ => true,
            (where, old, now) =>
            {
                changes.Judged(
                    where + "/severity",
                    Name(old.Severity),
                    Name(now.Severity),
                    now.Severity > old.Severity
                );
                changes.Plain(where + "/section", old.Section, now.Section);
            }
        );
        changes.LessIsTighter("escalation/alone/ask_again", before.Alone.AskAgain, after.Alone.AskAgain);
        changes.LessIsTighter("escalation/alone/at_most", before.Alone.AtMost, after.Alone.AtMost);
        changes.Plain("escalation/alone/section", before.Alone.Section, after.Alone.Section);
        changes.Altered("escalation/chain", before.Chain.Select(Step), after.Chain.Select(Step));
    }

    private static string Name(Severity severity) => string.Create(CultureInfo.InvariantCulture, $"sev{(int)severity}");

    private static string Step(EscalationStep step) => string.Join('+', step.Roles);
}
