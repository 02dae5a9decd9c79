using Glancy.Ops.Runbook;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>flag.set</c>: one feature flag to one value (§2.3); when it already has it, there is nothing to do.</summary>
public sealed class FlagSet(BastionEffect effect, ControlledState states) : IAction
{
    private const string Command = "configctl.feature.set";

    public string Kind => "flag.set";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(runbook);
        var text = Placeholders.Fill(runbook.Commands[Command].Text, Parameters(arguments));
        var sets = new Dictionary<string, string> { ["flag/" + arguments["flag"]] = arguments["value"] };
        return new StepIntent(text, [], sets, new Dictionary<string, string>(), SatisfiedIsDone: true);
    }

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var result = await effect.ApplyAsync(execution, Command, Parameters(execution.Arguments), cancellationToken);
        if (result is not StepResult.Done done)
        {
            return result;
        }

        var state = "flag/" + execution.Arguments["flag"];
        var observed = await states.ReadAsync([state], cancellationToken);
        if (observed.Unknown is { } unknown)
        {
            return new StepResult.Unknown(unknown, done.Evidence);
        }

        return observed.Values[state] == execution.Arguments["value"]
            ? done
            : new StepResult.Failed(new Refusal("drift", "§2.3", state, execution.Arguments["value"], observed.Values[state]), done.Evidence);
    }

    private static Dictionary<string, string> Parameters(StepArguments arguments) =>
        new() { ["flag"] = arguments["flag"], ["value"] = arguments["value"] };
}
