using Glancy.Runbook.Differences;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Alerts;

/// <summary>Alerts (§5.2): an SOP or a line that is gone, fewer good windows or longer silences are looser.</summary>
internal static class AlertDiff
{
    public static void Add(Changes changes, AlertBook before, AlertBook after)
    {
        Rules(changes, before.Rules, after.Rules);
        changes.Entries(
            "alerts",
            before.Sops,
            after.Sops,
            s => s.Id,
            _ => false,
            _ => true,
            (where, was, @is) =>
            {
                changes.Plain(where + "/title", was.Title, @is.Title);
                changes.Plain(where + "/section", was.Section, @is.Section);

                // Sev-1 is 1: a higher number is milder.
                changes.LessIsTighter(where + "/severity", (int)was.Severity, (int)@is.Severity);
                changes.Plain(where + "/dashboard", was.Dashboard, @is.Dashboard);
                changes.Set(
                    where + "/match",
                    was.Match.Select(Match),
                    @is.Match.Select(Match),
                    gainIsLooser: false,
                    lossIsLooser: true
                );
                changes.Entries(
                    where + "/detect",
                    was.Detect,
                    @is.Detect,
                    l => l.Id,
                    _ => false,
                    _ => true,
                    (path, one, other) => Line(changes, path, one, other)
                );
                changes.Altered(where + "/act", was.Act.Select(Act), @is.Act.Select(Act));
                changes.Entries(
                    where + "/verify",
                    was.Verify,
                    @is.Verify,
                    l => l.Id,
                    _ => false,
                    _ => true,
                    (path, one, other) => Line(changes, path, one, other)
                );
            }
        );
    }

    private static void Rules(Changes changes, AlertRules before, AlertRules after)
    {
        changes.Plain("alerts/cards_per_minute", before.CardsPerMinute, after.CardsPerMinute);
        changes.Plain("alerts/storm_quiet", before.StormQuiet, after.StormQuiet);
        changes.Plain("alerts/reuse_within", before.ReuseWithin, after.ReuseWithin);

        // The longer, the more of what fires again is taken for an old word.
        changes.LessIsTighter("alerts/late_within", before.LateWithin, after.LateWithin);
        changes.MoreIsTighter("alerts/watch_for", before.WatchFor, after.WatchFor);
        changes.LessIsTighter("alerts/longest_silence", before.LongestSilence, after.LongestSilence);
    }

    private static void Line(Changes changes, string where, SopLine before, SopLine after)
    {
        changes.Plain(where + "/name", before.Name, after.Name);
        changes.MoreIsTighter(where + "/windows", before.Windows, after.Windows);
        changes.Judged(
            where + "/good",
            before.Good,
            after.Good,
            before.Good is not null && (after.Good is null || HookDiff.GoodIsLooser(before.Good, after.Good))
        );
        if (before.From is null && after.From is null && before.Measure is { } one && after.Measure is { } other)
        {
            // Its name is the line's, and where it is verified it is bad where it is not good: told once.
            HookDiff.Measure(
                changes,
                where + "/measure",
                one with
                {
                    Name = other.Name,
                    Red = before.Good is null ? one.Red : other.Red,
                },
                other
            );
        }
        else
        {
            // How a hook's measure has changed is told there.
            changes.Altered(
                where + "/measure",
                before.From ?? before.Measure?.Query,
                after.From ?? after.Measure?.Query
            );
        }
    }

    private static string Match(LabelMatch match) => $"{match.Label}={match.Value}";

    private static string Act(SopAct act) => $"{act.Say.Zh} / {act.Say.En}: {act.Procedure ?? act.Glancy ?? act.Typed}";
}
