using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Releases.Actions;

/// <summary><c>release.set</c>: the train to a batch and weight by the release tool (§2.3, §4.1).</summary>
public sealed class ReleaseSet(BastionEffect effect) : IAction
{
    private const string Command = "releasectl.stage.promote";

    public string Kind => "release.set";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(runbook);
        var sets = new Dictionary<string, string> { [ControlledState.Release] = Value(arguments) };
        return new StepIntent(Placeholders.Fill(runbook.Commands[Command].Text, Parameters(arguments)), [], sets, new Dictionary<string, string>(), SatisfiedIsDone: true)
        {
            Expects = arguments.From(ControlledState.Release),
        };
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return effect.ApplyAsync(execution, Command, Parameters(execution.Arguments), cancellationToken);
    }

    private static string Value(StepArguments arguments) => ControlledState.ReleaseValue(arguments["batch"], arguments["weight"]);

    private static Dictionary<string, string> Parameters(StepArguments arguments) =>
        new() { ["batch"] = arguments["batch"], ["weight"] = arguments["weight"] };
}
