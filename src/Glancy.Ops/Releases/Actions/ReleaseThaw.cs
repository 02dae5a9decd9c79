using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Releases.Actions;

/// <summary>
/// <c>release.thaw</c>: the train may move again (rule 6). Whether it may is looked at once more, in the moment it is
/// done; done again after a crash, it finds no freeze and is done.
/// </summary>
internal sealed class ReleaseThaw(BotDatabase database, ThawPolicy thawPolicy) : IAction<ReleaseThaw>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public static ActionSpec Spec { get; } = new("release.thaw", EffectClass.None, []) { AddsRisk = true };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var none = new Dictionary<string, string>();
        var look = await thawPolicy.LookAsync(
            [.. execution.Run.Confirmations.Select(c => c.Person)],
            new Decision(),
            cancellationToken
        );
        if (!look.Has(out var looked, out var refusal))
        {
            return new StepResult.Failed(refusal, none);
        }

        // Something moved between the look and the lifting: look again.
        return
            looked is null
            || await database.InTransactionAsync(
                transaction => FreezeStore.LiftAsync(transaction, looked.Freeze, looked.At),
                cancellationToken
            )
            ? new StepResult.Done()
            : new StepResult.StillRunning(LookAgain, none);
    }
}
