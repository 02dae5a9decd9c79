using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Releases.Actions;

/// <summary>
/// <c>release.freeze</c>: the train stands still (§4.4 step 2). Written in the same transaction as the step itself.
/// </summary>
internal sealed class ReleaseFreeze : IAction<ReleaseFreeze>
{
    public static ActionSpec Spec { get; } = new("release.freeze", EffectClass.None, [new("reason", true)]);

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var run = execution.Run;
        var freeze = new Freeze(execution.StartedAt, run.Owner, execution.Arguments["reason"], run.Id);
        return Task.FromResult<StepResult>(
            new StepResult.Done(
                new Dictionary<string, string>(),
                Also: transaction => FreezeStore.SetAsync(transaction, freeze)
            )
        );
    }
}
