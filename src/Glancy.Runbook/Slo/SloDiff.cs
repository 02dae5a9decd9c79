using Glancy.Runbook.Differences;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Slo;

/// <summary>
/// The promises of §0 and the error budget of §7.3. A promise that allows more, or is no longer given, is looser.
/// </summary>
internal static class SloDiff
{
    public static void Add(Changes changes, SloBook before, SloBook after)
    {
        Promises(changes, "slo/objectives", before.Objectives, after.Objectives);
        Promises(changes, "slo/agreements", before.Agreements, after.Agreements);
        Day(changes, "slo/budget/day", before.Budget.Day, after.Budget.Day);
        changes.Entries(
            "slo/budget",
            Month(before),
            Month(after),
            _ => "month",
            _ => false,
            _ => true,
            (where, old, now) => HookDiff.Measure(changes, where, old, now)
        );
        changes.Entries(
            "slo/budget/burn",
            before.Budget.Burn,
            after.Budget.Burn,
            m => m.Id,
            _ => false,
            _ => true,
            (where, old, now) => HookDiff.Measure(changes, where, old, now)
        );
    }

    private static IEnumerable<Measure> Month(SloBook book) => book.Budget.Month is { } month ? [month] : [];

    private static void Promises(
        Changes changes,
        string where,
        IEnumerable<Objective> before,
        IEnumerable<Objective> after
    ) =>
        changes.Entries(
            where,
            before,
            after,
            o => o.Id,
            _ => false,
            _ => true,
            (path, old, now) => Promise(changes, path, old, now)
        );

    private static void Promise(Changes changes, string where, Objective before, Objective after)
    {
        // The measure's red is what the target excludes, and compared with it.
        HookDiff.Measure(changes, where + "/measure", before.Measure with { Red = after.Measure.Red }, after.Measure);
        changes.Judged(
            where + "/target",
            before.Target,
            after.Target,
            HookDiff.GoodIsLooser(before.Target, after.Target)
        );
        changes.Altered(where + "/window", before.Window, after.Window);
        changes.Plain(where + "/section", before.Section, after.Section);
    }

    private static void Day(Changes changes, string where, DayBudget before, DayBudget after)
    {
        changes.Altered(where + "/statement", before.Statement, after.Statement);
        changes.Altered(where + "/window", before.Window, after.Window);
        changes.MoreIsTighter(where + "/minimum_rows", before.MinimumRows, after.MinimumRows);
        changes.LessIsTighter(where + "/stale_after", before.StaleAfter, after.StaleAfter);
        changes.Entries(
            where,
            before.Metrics,
            after.Metrics,
            m => m.Metric,
            _ => false,
            _ => true,
            (path, old, now) =>
            {
                changes.Plain(path + "/objective", old.Objective.Id, now.Objective.Id);
                changes.LessIsTighter(path + "/share_minutes", old.ShareMinutes, now.ShareMinutes);
            }
        );
    }
}
