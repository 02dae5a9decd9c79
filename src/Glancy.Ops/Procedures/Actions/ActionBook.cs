using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>All kinds of steps, by kind.</summary>
public sealed class ActionBook
{
    private readonly Dictionary<string, IAction> byKind;

    /// <exception cref="InvalidOperationException">A kind has no class, two classes claim it, or a class claims an unlisted kind.</exception>
    public ActionBook(IEnumerable<IAction> actions)
    {
        byKind = [];
        foreach (var action in actions)
        {
            if (!byKind.TryAdd(action.Kind, action))
            {
                throw new InvalidOperationException($"{action.GetType().Name} and {byKind[action.Kind].GetType().Name} both claim the kind {action.Kind}.");
            }
        }

        var wrong = byKind.Keys.Except(ActionKinds.All.Keys).Concat(ActionKinds.All.Keys.Except(byKind.Keys)).ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException($"Kinds of steps and their classes disagree about: {string.Join(", ", wrong)}.");
        }
    }

    public IAction this[string kind] => byKind[kind];

    /// <summary>Describes a step with the given parameters filled in.</summary>
    public StepIntent Describe(StepDefinition step, IReadOnlyDictionary<string, string> parameters, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(step);
        return byKind[step.Kind].Describe(new StepArguments(step, parameters), runbook);
    }
}
