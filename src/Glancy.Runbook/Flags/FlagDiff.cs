using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Flags;

/// <summary>Flags: what explains more, or lets go of a rule, is looser.</summary>
internal static class FlagDiff
{
    public static void Add(Changes changes, string where, Flag before, Flag after)
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
