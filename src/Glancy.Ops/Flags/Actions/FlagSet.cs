using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Flags.Actions;

/// <summary>
/// <c>flag.set</c>: one feature flag to one value (§2.3); when it already has it, there is nothing to do.
/// </summary>
internal sealed class FlagSet(BastionEffect effect) : IAction<FlagSet>
{
    private const string Command = "configctl.feature.set";

    /// <summary><c>from</c> is the value it has to stand at before, where only that one is ours to change.</summary>
    public static ActionSpec Spec { get; } =
        new("flag.set", EffectClass.Keyed, [new("flag", true, References.Flag), new("value", true), new("from", false)])
        {
            Commands = [Command],
            Check = static check => check.FlagValue("flag", "value"),
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        var sets = new Dictionary<string, string> { [State(arguments)] = arguments["value"] };
        return new StepIntent(
            Placeholders.Fill(runbook.Commands[Command].Text, Parameters(arguments)),
            [],
            sets,
            new Dictionary<string, string>(),
            SatisfiedIsDone: true
        )
        {
            Expects = arguments.From(State(arguments)),
        };
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        return effect.ApplyAsync(execution, Command, Parameters(execution.Arguments), cancellationToken);
    }

    private static string State(StepArguments arguments) => FlagTarget.Before + arguments["flag"];

    private static Dictionary<string, string> Parameters(StepArguments arguments) =>
        new() { ["flag"] = arguments["flag"], ["value"] = arguments["value"] };
}
