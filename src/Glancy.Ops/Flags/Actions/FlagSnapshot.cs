using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Flags.Actions;

/// <summary>
/// <c>flag.snapshot</c>: the configuration centre keeps a snapshot before anything is changed (§2.3).
/// </summary>
internal sealed class FlagSnapshot(BastionEffect effect) : IAction<FlagSnapshot>
{
    private const string Command = "configctl.snapshot.create";

    public static ActionSpec Spec { get; } =
        new("flag.snapshot", EffectClass.Keyed, [])
        {
            Commands = [Command],
            Aside = true,
            NeedsProof = false,
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        return StepIntent.Nothing(runbook.Commands[Command].Text);
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken) =>
        effect.ApplyAsync(execution, Command, new Dictionary<string, string>(), cancellationToken);
}
