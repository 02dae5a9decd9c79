using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>The classes that carry steps out, by kind.</summary>
public sealed class ActionBook(IEnumerable<IAction> actions)
{
    private readonly Dictionary<string, IAction> byKind = actions.ToDictionary(
        action => action.Kind,
        StringComparer.Ordinal
    );

    public IAction this[string kind] => byKind[kind];

    /// <summary>Describes a step with the given parameters filled in.</summary>
    public StepIntent Describe(
        StepDefinition step,
        IReadOnlyDictionary<string, string> parameters,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        return byKind[step.Kind].Describe(new StepArguments(step, parameters), runbook);
    }
}
