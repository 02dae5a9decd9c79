using Glancy.Ops.Kernel;
using Glancy.Ops.Lives;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Advances one claimed run from transition to transition. Everything it knows is in the database, so that any replica goes on
/// where another died.
/// </summary>
public sealed partial class RunEngine(
    RunStore runs,
    RunTransitions transitions,
    RunStart start,
    StepRunner steps,
    RunEnd end,
    Announcements announcements,
    Attempts attempts,
    ActionKinds kinds,
    LeftOut left,
    LifeStore lives,
    IKillPoints killPoints,
    RunbookVersions versions,
    TimeProvider clock,
    ILogger<RunEngine> logger)
{
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestoredPause = TimeSpan.FromMinutes(1);

    /// <summary>Works until the run waits for a time or a person, or has ended.</summary>
    /// <exception cref="ClaimLostException">Another worker took over; nothing more was written.</exception>
    public async Task WorkAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        killPoints.Reach("claimed");
        while (await AdvanceAsync(claim, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> AdvanceAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(claim.RunId, cancellationToken) ?? throw new ClaimLostException(claim.RunId, claim.Epoch);
        if (run.Epoch != claim.Epoch)
        {
            throw new ClaimLostException(claim.RunId, claim.Epoch);
        }

        switch (run.State)
        {
            case RunState.Draft or RunState.AwaitingSecond:
                return await WaitOrExpireAsync(claim, run, cancellationToken);
            case RunState.Confirmed when !Interrupted(run):
                return await announcements.PostDueAsync(claim, run, cancellationToken) || await start.StartAsync(claim, run, cancellationToken);
            case RunState.Confirmed or RunState.Running or RunState.Verifying or RunState.Paused:
                return await GoOnAsync(claim, run, cancellationToken);
            default:
                return false;
        }
    }

    private async Task<bool> GoOnAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        var step = run.Steps.FirstOrDefault(s => s.State is not (StepState.Done or StepState.NothingToDo or StepState.Skipped));
        if (Interrupted(run) && !InFlight(run, step))
        {
            return await InterruptAsync(claim, run, step, cancellationToken);
        }

        if (await announcements.PostDueAsync(claim, run, cancellationToken))
        {
            return true;
        }

        if (run.State is RunState.Paused or RunState.Confirmed)
        {
            return false;
        }

        // What was under way when the database was saved may have gone on without it: not before somebody has looked.
        if (await lives.CurrentAsync(cancellationToken) is { Open: true } life && run.ConfirmedAt < life.BegunAt)
        {
            await transitions.WriteAsync(claim, new RunChange("run-waits", run.State, run.State, clock.GetUtcNow() + RestoredPause, Detail: new Dictionary<string, string> { ["why"] = "database-restored" }), cancellationToken);
            return false;
        }

        if (step is null)
        {
            // What people left out is not done, and what they did not prove is not proven.
            var (state, unsaid) = left.Effects(run) is { Count: > 0 } effects ? (RunState.Failed, new Refusal("left-out", "§4.4", string.Join(", ", effects)))
                : left.Proofs(run) is { Count: > 0 } proofs ? (RunState.Succeeded, new Refusal("unproven", "§4.4", string.Join(", ", proofs)))
                : (RunState.Succeeded, (Refusal?)null);
            await end.EndAsync(claim, run, state, unsaid, cancellationToken);
            return false;
        }

        var definition = run.Definition.Steps[step.Ordinal];
        if (definition.Phase == StepPhase.Verify && run.State == RunState.Running)
        {
            await transitions.WriteAsync(
                claim,
                new RunChange("run-verifying", RunState.Running, RunState.Verifying, clock.GetUtcNow(), EffectsEnded: true, ReleaseKeys: true),
                cancellationToken);
            killPoints.Reach("verifying");
            return true;
        }

        LogStep(run.Name, step.Id, step.State, claim.Epoch);
        // What was confirmed is what runs: commands, statements and flags are those of the run's own version (rule 12).
        var runbook = await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken);
        return await steps.RunAsync(claim, run, definition, step, runbook, cancellationToken);
    }

    // Rule 10: an effect in flight finishes first, whoever carries the run by now.
    private bool InFlight(Run run, RunStep? step) =>
        run.State is RunState.Running or RunState.Verifying
        && step is { State: StepState.Started }
        && kinds[run.Definition.Steps[step.Ordinal].Kind].Effect != EffectClass.None;

    private async Task<bool> InterruptAsync(RunClaim claim, Run run, RunStep? step, CancellationToken cancellationToken)
    {
        // The keys are not let go while a command of ours may still be running: one that hangs is killed, its effect stays unknown.
        if (step is { State: StepState.Unknown } && Attempts.Uncertain(await attempts.FateAsync(run, step, cancellationToken), step) is not null)
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

    private async Task<bool> WaitOrExpireAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        if (Interrupted(run))
        {
            return await InterruptAsync(claim, run, null, cancellationToken);
        }

        if (clock.GetUtcNow() < run.ExpiresAt)
        {
            await transitions.WriteAsync(claim, new RunChange("run-waits", run.State, run.State, run.ExpiresAt), cancellationToken);
            return false;
        }

        await end.EndAsync(claim, run, RunState.Expired, new Refusal("expired", "§4.4", run.Name), cancellationToken);
        return false;
    }

    private static bool Interrupted(Run run) => run.SupersededBy is not null || run.AbortRequestedBy is not null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run} {Step} is {State}, epoch {Epoch}")]
    private partial void LogStep(string run, string step, StepState state, long epoch);
}
