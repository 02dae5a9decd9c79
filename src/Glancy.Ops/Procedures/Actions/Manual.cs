using Glancy.Runbook;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>manual</c>: a person does it, with the command that is shown where there is one, and says so with evidence.</summary>
public sealed class Manual : IAction
{
    public string Kind => "manual";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return StepIntent.Nothing(arguments["type"]);
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult<StepResult>(new StepResult.WaitForPerson());
}
