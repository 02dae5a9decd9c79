using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Hooks;

/// <summary>
/// Hooks, signals and their measures. A limit is looser when a value exists that it lets pass and the old one did not.
/// </summary>
internal static class HookDiff
{
    public static void Add(Changes changes, IReadOnlyList<Hook> before, IReadOnlyList<Hook> after) =>
        changes.Entries(
            "hooks",
            before,
            after,
            hook => hook.Id,
            _ => false,
            _ => true,
            (where, old, now) =>
            {
                changes.Plain(where + "/name", old.Name, now.Name);
                changes.Plain(where + "/section", old.Section, now.Section);
                changes.Plain(where + "/dashboard", old.Dashboard, now.Dashboard);
                changes.Switch(where + "/drafts_rollback", old.DraftsRollback, now.DraftsRollback, looserWhen: false);
                changes.Entries(
                    where,
                    old.Measures,
                    now.Measures,
                    m => m.Id,
                    _ => false,
                    _ => true,
                    (path, was, @is) => Measure(changes, path, was, @is)
                );
            }
        );

    public static void Measure(Changes changes, string where, Measure before, Measure after)
    {
        changes.Plain(where + "/name", before.Name, after.Name);
        changes.Altered(where + "/query", before.Query, after.Query);
        changes.Altered(where + "/window", before.Window, after.Window);
        changes.LessIsTighter(where + "/hold", before.Hold, after.Hold);
        changes.Judged(where + "/samples", before.Samples, after.Samples, before.Samples is not null);
        changes.MoreIsTighter(where + "/minimum_samples", before.MinimumSamples, after.MinimumSamples);
        changes.Altered(where + "/unit", before.Unit, after.Unit);
        Bad(changes, where + "/red", before.Red, after.Red);
        Bad(changes, where + "/yellow", before.Yellow, after.Yellow);
        Bad(changes, where + "/urgent", before.Urgent, after.Urgent);

        // Without one, whatever is neither red nor yellow counts as recovered; a condition of its own is never wider
        // than that.
        changes.Judged(
            where + "/recovered",
            before.Recovered,
            after.Recovered,
            before.Recovered is { } was && (after.Recovered is not { } now || Escapes(now, was))
        );
        changes.Switch(where + "/by_colour", before.SegmentsByColour, after.SegmentsByColour, looserWhen: false);
    }

    /// <summary>A limit that names the bad side: looser when something bad before is not any more.</summary>
    private static void Bad(Changes changes, string where, Threshold? before, Threshold? after) =>
        changes.Judged(where, before, after, before is not null && (after is null || Escapes(before, after)));

    /// <summary>A limit that names the good side: looser when something is good that was not before.</summary>
    public static bool GoodIsLooser(Threshold before, Threshold after) => Escapes(after, before);

    /// <summary>Whether a value exists that the first limit names and the second does not.</summary>
    internal static bool Escapes(Threshold first, Threshold second)
    {
        if (first.Unit != second.Unit || first.Upward != second.Upward)
        {
            return true;
        }

        var inclusive = first.Comparison is Comparison.AtLeast or Comparison.AtMost;
        var excludes = second.Comparison is Comparison.Above or Comparison.Below;
        var beyond = first.Upward ? second.Limit > first.Limit : second.Limit < first.Limit;
        return beyond || (second.Limit.Equals(first.Limit) && inclusive && excludes);
    }
}
