using Glancy.Ops.Notices;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>page</c>: calls the holders of a role; the page is a row written with the step.</summary>
internal sealed class Page : IAction<Page>
{
    public static ActionSpec Spec { get; } =
        new("page", EffectClass.None, [new("role", true, References.Role), new("template", true)]) { Aside = true };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var arguments = execution.Run.Arguments.ToDictionary(a => a.Key, a => a.Value);
        arguments["run"] = execution.Run.Name;
        arguments["step"] = execution.Step.Id;
        arguments["role"] = execution.Arguments["role"];
        var page = new NoticeDraft(
            $"run:{execution.Run.Id}:{execution.Step.Id}",
            "page",
            execution.Arguments["template"],
            arguments,
            execution.Run.Id
        );
        return Task.FromResult<StepResult>(new StepResult.Done(new Dictionary<string, string>(), [page]));
    }
}
