using Glancy.Ops.Kernel;
using Glancy.Ops.Lives;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// What keeps a run from going on: its end was asked for, its time is over, the database was restored (rules 4, 10,
/// 11).
/// </summary>
internal sealed class RunHolds(
    Attempts attempts,
    ActionKinds kinds,
    LifeStore lives,
    RunEnd end,
    RunTransitions transitions,
    TimeProvider clock
)
{
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestoredPause = TimeSpan.FromMinutes(1);

    /// <summary>Whether somebody, or a newer run, wants it to end.</summary>
    public static bool IsInterrupted(Run run)
    {
        return run.SupersededBy is not null || run.AbortRequestedBy is not null;
    }

    /// <summary>
    /// Ends a run whose end was asked for; null where it was not, or where an effect in flight finishes first, whoever
    /// carries it.
    /// </summary>
    /// <returns>True: look again at once.</returns>
    public async Task<bool?> EndAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        return IsInterrupted(run) && !InFlight(run, run.Stuck)
            ? await InterruptAsync(claim, run, run.Stuck, cancellationToken)
            : null;
    }

    /// <summary>An unconfirmed run waits for its confirmation until its time is over.</summary>
    public async Task<bool> WaitOrExpireAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        if (IsInterrupted(run))
        {
            return await InterruptAsync(claim, run, null, cancellationToken);
        }

        if (clock.GetUtcNow() < run.ExpiresAt)
        {
            await transitions.WriteAsync(
                claim,
                new RunChange("run-waits", run.State, run.State, run.ExpiresAt),
                cancellationToken
            );
            return false;
        }

        await end.EndAsync(claim, run, RunState.Expired, new Refusal("expired", "§4.4", run.Name), cancellationToken);
        return false;
    }

    /// <summary>
    /// What was under way when the database was saved may have gone on without it: not before somebody has looked.
    /// </summary>
    public async Task<bool> RestoredAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        if (await lives.CurrentAsync(cancellationToken) is not { Open: true } life || run.ConfirmedAt >= life.BegunAt)
        {
            return false;
        }

        var detail = new Dictionary<string, string> { ["why"] = "database-restored" };
        var wait = new RunChange("run-waits", run.State, run.State, clock.GetUtcNow() + RestoredPause)
        {
            Detail = detail,
        };
        await transitions.WriteAsync(claim, wait, cancellationToken);
        return true;
    }

    private bool InFlight(Run run, RunStep? step) =>
        run.State is RunState.Running or RunState.Verifying
        && step is { State: StepState.Started }
        && kinds[run.Definition.Steps[step.Ordinal].Kind].Effect != EffectClass.None;

    private async Task<bool> InterruptAsync(RunClaim claim, Run run, RunStep? step, CancellationToken cancellationToken)
    {
        // The keys are not let go while a command of ours may still be running: one that hangs is killed, its effect
        // stays unknown.
        if (
            step is { State: StepState.Unknown }
            && Attempts.Uncertain(await attempts.FateAsync(run, step, cancellationToken), step) is not null
        )
        {
            await Task.Delay(OutagePause, cancellationToken);
            return true;
        }

        var (state, why) = run.SupersededBy is { } by
            ? (RunState.Superseded, new Refusal("superseded-by", "§4.4", "R-" + by))
            : (RunState.Aborted, new Refusal("aborted-by", "§4.4", run.AbortRequestedBy ?? ""));
        await end.EndAsync(claim, run, state, why, cancellationToken);
        return false;
    }
}
