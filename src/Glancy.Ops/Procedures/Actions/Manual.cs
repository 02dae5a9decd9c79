using Glancy.Ops.Runbook;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>manual</c>: a person does it and says so, with evidence.</summary>
public sealed class Manual : IAction
{
    public string Kind => "manual";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult<StepResult>(new StepResult.WaitForPerson());
}
