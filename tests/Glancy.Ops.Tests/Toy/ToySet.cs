using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Toy;

/// <summary><c>toy.set</c>: turns the lamp. Second walk of <c>docs/contributing.md</c>.</summary>
internal sealed class ToySet(ToyLamp lamp) : IAction<ToySet>
{
    public static ActionSpec Spec { get; } =
        new("toy.set", EffectClass.Convergent, [new("value", true), new("from", false)]);

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) =>
        new(
            $"toy set {arguments["value"]}",
            [],
            new Dictionary<string, string> { [ToyTarget.State] = arguments["value"] },
            new Dictionary<string, string>(),
            SatisfiedIsDone: true
        )
        {
            Expects = arguments.From(ToyTarget.State),
        };

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        lamp.Turn(execution.Arguments["value"]);
        return Task.FromResult<StepResult>(new StepResult.Done());
    }
}
