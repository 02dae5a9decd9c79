using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Permissions;

/// <summary>Permissions (§1.1): one that more people hold is looser.</summary>
internal static class PermissionDiff
{
    public static void Add(
        Changes changes,
        IReadOnlyDictionary<string, PermissionTerms> before,
        IReadOnlyDictionary<string, PermissionTerms> after
    ) =>
        changes.Entries(
            "permissions",
            before.Values,
            after.Values,
            p => p.Id,
            Never,
            Never,
            (where, old, now) =>
            {
                changes.Judged(where + "/held_by", Word(old.HeldBy), Word(now.HeldBy), now.HeldBy < old.HeldBy);

                // Where others than roles held it, or come to hold it, that has been told.
                var alike = old.HeldBy == now.HeldBy;
                changes.Set(where + "/roles", old.Roles, now.Roles, gainIsLooser: alike, lossIsLooser: false);
                changes.Plain(where + "/section", old.Section, now.Section);
            }
        );

    // A name comes and goes with the build that asks for it.
    private static bool Never(PermissionTerms terms) => false;

    private static string Word(HeldBy by) => by.ToString().ToLowerInvariant();
}
