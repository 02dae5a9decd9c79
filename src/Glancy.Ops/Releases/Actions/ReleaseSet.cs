using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Releases.Actions;

/// <summary><c>release.set</c>: the train to a batch and weight by the release tool (§2.3, §4.1).</summary>
internal sealed class ReleaseSet(BastionEffect effect) : IAction<ReleaseSet>
{
    private const string Command = "releasectl.stage.promote";

    /// <summary><c>from</c> is where the train has to stand before, where only that is ours to change.</summary>
    public static ActionSpec Spec { get; } =
        new("release.set", EffectClass.Keyed, [new("batch", true), new("weight", true), new("from", false)])
        {
            Commands = [Command],
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        var sets = new Dictionary<string, string> { [TrainTarget.State] = Value(arguments) };
        return new StepIntent(
            Placeholders.Fill(runbook.Commands[Command].Text, Parameters(arguments)),
            [],
            sets,
            new Dictionary<string, string>(),
            SatisfiedIsDone: true
        )
        {
            Expects = arguments.From(TrainTarget.State),
        };
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        return effect.ApplyAsync(execution, Command, Parameters(execution.Arguments), cancellationToken);
    }

    private static string Value(StepArguments arguments) => TrainTarget.Value(arguments["batch"], arguments["weight"]);

    private static Dictionary<string, string> Parameters(StepArguments arguments) =>
        new() { ["batch"] = arguments["batch"], ["weight"] = arguments["weight"] };
}
