using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Masking;

/// <summary>Masking: a rule that is gone or shown to more roles is looser; a pattern cannot be judged.</summary>
internal static class MaskingDiff
{
    public static void Add(Changes changes, IReadOnlyList<MaskRule> before, IReadOnlyList<MaskRule> after)
    {
        changes.Entries(
            "masking",
            before,
            after,
            rule => rule.Id,
            _ => false,
            _ => true,
            (where, old, now) =>
            {
                changes.Plain(where + "/as", old.As, now.As);
                changes.Switch(where + "/tag", old.Tag, now.Tag, looserWhen: true);
                changes.Altered(where + "/pattern", old.Pattern, now.Pattern);
                changes.Judged(where + "/except", old.Except, now.Except, now.Except is not null);
                changes.Set(where + "/reveal", old.Reveal, now.Reveal, gainIsLooser: true, lossIsLooser: false);
                changes.Plain(where + "/section", old.Section, now.Section);
            }
        );

        // The first rule that matches decides.
        var both = before
            .Select(r => r.Id)
            .Intersect(after.Select(r => r.Id), StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        changes.Altered(
            "masking/order",
            before.Select(r => r.Id).Where(both.Contains),
            after.Select(r => r.Id).Where(both.Contains)
        );
    }
}
