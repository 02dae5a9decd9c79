using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Makes plans. Pure: the same procedure, arguments and observations give the same plan and the same hash.
/// </summary>
public sealed class Planner(ActionBook actions, ActionKinds kinds)
{
    /// <summary>The controlled state that has to be observed before a plan can be made.</summary>
    public IReadOnlyList<string> StatesToObserve(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return
        [
            .. procedure
                .Steps.SelectMany(step => actions.Describe(step, arguments, runbook).Touches)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The first state that does not stand where a step says it must (rule 7: never over a value that is not ours);
    /// null when all do. A state that has the desired value already is never in the way.
    /// </summary>
    public Refusal? NotOurs(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments,
        IReadOnlyDictionary<string, string> observed,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(observed);
        foreach (var intent in procedure.Steps.Select(step => actions.Describe(step, arguments, runbook)))
        {
            foreach (var (state, expected) in intent.Expects)
            {
                if (observed[state] != expected && observed[state] != intent.Sets.GetValueOrDefault(state))
                {
                    return new Refusal("not-ours", "§7.2", state, expected, observed[state]);
                }
            }
        }

        return null;
    }

    /// <summary>Makes the plan from what was observed.</summary>
    /// <param name="risk">What rules 5 and 7 make of it; the procedure's own when null.</param>
    public Plan Make(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments,
        IReadOnlyDictionary<string, string> prior,
        RunbookContent runbook,
        Risk? risk = null
    )
    {
        ArgumentNullException.ThrowIfNull(procedure);
        var possible = prior.ToDictionary(p => p.Key, p => (IReadOnlyList<string>)[p.Value], StringComparer.Ordinal);
        var steps = new List<PlannedStep>();
        foreach (var step in procedure.Steps)
        {
            var intent = actions.Describe(step, arguments, runbook);
            var changes = new List<PlannedChange>();
            foreach (var (state, desired) in intent.Sets)
            {
                changes.Add(new PlannedChange(state, possible.GetValueOrDefault(state, []), desired, ByScript: false));
                possible[state] = [desired];
            }

            foreach (var (state, desired) in intent.ScriptSets)
            {
                var before = possible.GetValueOrDefault(state, []);
                changes.Add(new PlannedChange(state, before, desired, ByScript: true));

                // A script is believed to do what it declares, but checked: afterwards either value is ours.
                possible[state] = [desired, .. before.Where(value => value != desired)];
            }

            var effect = kinds[step.Kind].Effect;
            steps.Add(new PlannedStep(step.Id, step.Kind, step.Title, step.Phase, effect, intent.Command, changes));
        }

        var keys = procedure
            .Keys.Select(key => Placeholders.Fill(key, arguments))
            .Order(StringComparer.Ordinal)
            .ToList();
        var plan = new Plan
        {
            Hash = "",
            Procedure = procedure.Id,
            ContentHash = procedure.ContentHash,
            Risk = risk ?? procedure.Risk,
            Roles = procedure.Roles,
            Keys = keys,
            Arguments = arguments,
            Prior = prior,
            Steps = steps,
        };
        return plan with { Hash = HashOf(plan) };
    }

    /// <summary>The values each state may have when a step starts: what earlier steps leave behind.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ExpectedBefore(Plan plan, string stepId)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var possible = plan.Prior.ToDictionary(
            p => p.Key,
            p => (IReadOnlyList<string>)[p.Value],
            StringComparer.Ordinal
        );
        foreach (var step in plan.Steps.TakeWhile(step => step.Id != stepId))
        {
            foreach (var change in step.Changes)
            {
                var before = possible.GetValueOrDefault(change.State, []);
                possible[change.State] = change.ByScript
                    ? [change.Desired, .. before.Where(value => value != change.Desired)]
                    : [change.Desired];
            }
        }

        return possible;
    }

    private static string HashOf(Plan plan)
    {
        var confirmed = new
        {
            plan.ContentHash,
            plan.Procedure,
            Risk = plan.Risk.ToString(),
            plan.Roles,
            plan.Keys,
            Arguments = plan.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal),
            Prior = plan.Prior.OrderBy(p => p.Key, StringComparer.Ordinal),
            Steps = plan.Steps.Select(step => new
            {
                step.Id,
                step.Kind,
                step.Command,
                Changes = step.Changes.Select(c => new { c.State, c.Desired }),
            }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(confirmed))));
    }
}
