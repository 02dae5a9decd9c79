using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>announce</c>: a post, written in the same transaction as the step itself, so that it is said exactly once (§4.4 step 5).</summary>
public sealed class Announce : IAction
{
    public string Kind => "announce";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var post = Announcements.Notice(execution.Run, execution.Arguments.Step, early: false);
        return Task.FromResult<StepResult>(new StepResult.Done(new Dictionary<string, string>(), [post]));
    }
}
