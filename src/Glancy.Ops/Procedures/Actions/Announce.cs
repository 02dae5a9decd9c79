using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>announce</c>: a post, written in the same transaction as the step itself, so that it is said exactly once (§4.4
/// step 5).
/// </summary>
internal sealed class Announce(Announcements announcements) : IAction<Announce>
{
    public static ActionSpec Spec { get; } =
        new("announce", EffectClass.None, [new("template", true)]) { Aside = true, IsTimed = true };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var post = announcements.Notice(execution.Run, execution.Arguments.Step, early: false);
        return Task.FromResult<StepResult>(new StepResult.Done(new Dictionary<string, string>(), [post]));
    }
}
