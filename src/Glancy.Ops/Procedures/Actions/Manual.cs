using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>manual</c>: a person does it, with the command that is shown where there is one, and says so with evidence.
/// </summary>
internal sealed class Manual : IAction<Manual>
{
    /// <summary><c>type</c> is what a person types to do it.</summary>
    public static ActionSpec Spec { get; } = new("manual", EffectClass.UnknownThenHuman, [new("type", false)]);

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        return StepIntent.Nothing(arguments["type"]);
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult<StepResult>(new StepResult.WaitForPerson());
}
