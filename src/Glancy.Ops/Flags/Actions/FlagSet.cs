using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Flags.Actions;

/// <summary><c>flag.set</c>: one feature flag to one value (§2.3); when it already has it, there is nothing to do.</summary>
public sealed class FlagSet(BastionEffect effect) : IAction
{
    private const string Command = "configctl.feature.set";

    public string Kind => "flag.set";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(runbook);
        var sets = new Dictionary<string, string> { [State(arguments)] = arguments["value"] };
        return new StepIntent(Placeholders.Fill(runbook.Commands[Command].Text, Parameters(arguments)), [], sets, new Dictionary<string, string>(), SatisfiedIsDone: true)
        {
            Expects = arguments.From(State(arguments)),
        };
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return effect.ApplyAsync(execution, Command, Parameters(execution.Arguments), cancellationToken);
    }

    private static string State(StepArguments arguments) => ControlledState.FlagPrefix + arguments["flag"];

    private static Dictionary<string, string> Parameters(StepArguments arguments) =>
        new() { ["flag"] = arguments["flag"], ["value"] = arguments["value"] };
}
