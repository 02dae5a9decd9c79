using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Procedures;

/// <summary>Procedures: who may confirm them, what they pass, and what their steps do.</summary>
internal static class ProcedureDiff
{
    public static void Add(
        Changes changes,
        IReadOnlyDictionary<string, Procedure> before,
        IReadOnlyDictionary<string, Procedure> after
    ) =>
        changes.Entries(
            "procedures",
            before.Values,
            after.Values,
            procedure => procedure.Id,
            _ => false,
            procedure => procedure.Mitigation,
            (where, old, now) => One(changes, where, old, now)
        );

    private static void One(Changes changes, string where, Procedure before, Procedure after)
    {
        changes.Plain(where + "/title", before.Title, after.Title);
        // Whoever confirms has read this and perhaps no more.
        changes.Altered(where + "/consequence", before.Consequence, after.Consequence);
        changes.Plain(where + "/takes", before.Takes, after.Takes);
        changes.Plain(where + "/section", before.Section, after.Section);
        changes.Judged(where + "/risk", before.Risk, after.Risk, Weight(after.Risk) < Weight(before.Risk));
        changes.Set(where + "/roles", before.Roles, after.Roles, gainIsLooser: true, lossIsLooser: false);
        changes.Switch(where + "/mitigation", before.Mitigation, after.Mitigation, looserWhen: true);
        changes.Switch(where + "/supersedes", before.Supersedes, after.Supersedes, looserWhen: true);
        changes.Switch(where + "/break_glass", before.BreakGlass, after.BreakGlass, looserWhen: true);
        changes.Switch(where + "/adds_risk", before.AddsRisk, after.AddsRisk, looserWhen: false);
        changes.Altered(where + "/changes", before.Changes, after.Changes);
        changes.Set(where + "/keys", before.Keys, after.Keys, gainIsLooser: false, lossIsLooser: true);
        changes.Entries(
            where + "/parameters",
            before.Parameters,
            after.Parameters,
            p => p.Name,
            _ => false,
            _ => false,
            (path, was, @is) =>
            {
                changes.Plain(path + "/title", was.Title, @is.Title);
                changes.Altered(path + "/type", was.Type, @is.Type);
                changes.Switch(path + "/required", was.Required, @is.Required, looserWhen: false);
                changes.Altered(path + "/default", was.Default, @is.Default);
                changes.Altered(path + "/given_by", was.GivenBy, @is.GivenBy);
            }
        );
        Steps(changes, where, before, after);
    }

    // An undo is a change or a danger, by what it takes back.
    private static int Weight(Risk risk) =>
        risk switch
        {
            Risk.Read => 0,
            Risk.Change => 1,
            Risk.Undo => 2,
            _ => 3,
        };

    private static void Steps(Changes changes, string where, Procedure before, Procedure after)
    {
        // One more look is stricter; one more effect, or a step less, has to be read by somebody.
        changes.Entries(
            where,
            before.Steps,
            after.Steps,
            s => s.Id,
            s => s.Phase == StepPhase.Effect,
            _ => true,
            (path, was, @is) => Step(changes, path, was, @is)
        );
        var both = before
            .Steps.Select(s => s.Id)
            .Intersect(after.Steps.Select(s => s.Id), StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        changes.Altered(
            where + "/order",
            before.Steps.Select(s => s.Id).Where(both.Contains),
            after.Steps.Select(s => s.Id).Where(both.Contains)
        );
    }

    private static void Step(Changes changes, string where, StepDefinition before, StepDefinition after)
    {
        changes.Plain(where + "/title", before.Title, after.Title);
        changes.Altered(where + "/kind", before.Kind, after.Kind);
        changes.Altered(where + "/phase", before.Phase, after.Phase);
        changes.Altered(where + "/when", before.When, after.When);
        changes.LessIsTighter(where + "/deadline", before.Deadline, after.Deadline);
        changes.Judged(
            where + "/not_later_than",
            before.NotLaterThan,
            after.NotLaterThan,
            before.NotLaterThan is { } old && (after.NotLaterThan is not { } now || now > old)
        );
        foreach (
            var name in before.With.Keys.Union(after.With.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        )
        {
            changes.Altered(
                $"{where}/with/{name}",
                before.With.GetValueOrDefault(name)?.Items,
                after.With.GetValueOrDefault(name)?.Items
            );
        }
    }
}
