using Glancy.Runbook.Differences;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Releases;

/// <summary>The ladder: its rungs, their gates and their way back (§4.1).</summary>
internal static class LadderDiff
{
    public static void Add(Changes changes, Ladder before, Ladder after)
    {
        changes.Entries(
            "ladder",
            before.Rungs,
            after.Rungs,
            rung => rung.Batch,
            _ => false,
            _ => true,
            (where, old, now) => Rung(changes, where, old, now)
        );
        changes.MoreIsTighter("ladder/thaw_after", before.ThawAfter, after.ThawAfter);
    }

    private static void Rung(Changes changes, string where, Rung before, Rung after)
    {
        changes.LessIsTighter(where + "/weight", before.Weight, after.Weight);
        changes.Switch(where + "/production", before.Production, after.Production, looserWhen: true);
        changes.Plain(where + "/audience", before.Audience, after.Audience);
        changes.MoreIsTighter(where + "/observation", before.Observation, after.Observation);
        changes.Altered(where + "/rollback", before.Rollback, after.Rollback);
        changes.Altered(where + "/back_to", before.BackTo, after.BackTo);
        changes.Plain(where + "/section", before.Section, after.Section);
        changes.Judged(where + "/pauses", Pause(before), Pause(after), before.Pauses is not null);
        changes.Judged(
            where + "/restore_within",
            before.RestoreWithin,
            after.RestoreWithin,
            before.RestoreWithin is { } old && (after.RestoreWithin is not { } now || now > old)
        );
        changes.Entries(
            where,
            before.Gates,
            after.Gates,
            g => g.Id,
            _ => false,
            _ => true,
            (path, was, @is) => Gate(changes, path, was, @is)
        );
    }

    private static string? Pause(Rung rung) => rung.Pauses is { } pause ? $"{pause.Flag}={pause.Value}" : null;

    private static void Gate(Changes changes, string where, Gate before, Gate after)
    {
        changes.Plain(where + "/name", before.Name, after.Name);
        changes.Altered(where + "/hook", before.Hook, after.Hook);
        changes.Altered(where + "/measure", before.MeasureId, after.MeasureId);
        changes.Switch(where + "/attest", before.Attestation, after.Attestation, looserWhen: true);
        changes.Judged(
            where + "/limit",
            before.Limit,
            after.Limit,
            before.Limit is not { } old || after.Limit is not { } now || HookDiff.GoodIsLooser(old, now)
        );
        switch (before.Own, after.Own)
        {
            case ({ } was, { } @is):
                // Its name and its red are the gate's own, and compared already.
                HookDiff.Measure(changes, where + "/query", was with { Name = @is.Name, Red = @is.Red }, @is);
                break;
            case (null, not null) or (not null, null):
                changes.Judged(where + "/query", before.Own?.Query, after.Own?.Query, looser: after.Own is null);
                break;
        }
    }
}
