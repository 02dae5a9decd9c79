using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Yaml;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>wait</c>: lets world time pass; the run holds no lease meanwhile.</summary>
internal sealed class Wait : IAction<Wait>
{
    public static ActionSpec Spec { get; } =
        new("wait", EffectClass.None, [new("for", true)])
        {
            Aside = true,
            Check = static check => check.Duration("for"),
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        if (!Durations.TryParse(execution.Arguments["for"], out var duration))
        {
            return Task.FromResult<StepResult>(
                new StepResult.Failed(
                    new Refusal("bad-parameter", "", "for", execution.Arguments["for"]),
                    new Dictionary<string, string>()
                )
            );
        }

        var until = execution.StartedAt + duration;
        return Task.FromResult<StepResult>(
            execution.Now >= until
                ? new StepResult.Done()
                : new StepResult.WaitUntil(until, new Dictionary<string, string>())
        );
    }
}
