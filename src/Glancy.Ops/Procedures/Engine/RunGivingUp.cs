using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// A run that fails, or takes its replica with it, time and again without anything coming of it is not worked on for
/// ever: it is paused, somebody is called, and goes on when a person says so. What it reads may be what kills, so
/// nothing is read for it beside the bot's own rows.
/// </summary>
internal sealed class RunGivingUp(
    RunStore runs,
    RunClaims claims,
    RunTransitions transitions,
    ActionKinds kinds,
    TimeProvider clock
)
{
    private const string Vanished = "interrupted";

    /// <summary>Gives it up when all who had it lately have vanished; false where it is to be worked on.</summary>
    public async Task<bool> VanishedAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        return RunClaims.Queue.IsSpent(claim.Attempts) && await GiveUpAsync(claim, Vanished, cancellationToken);
    }

    /// <summary>Working on it failed: it rests, or is given up.</summary>
    public async Task FailedAsync(RunClaim claim, string trouble, CancellationToken cancellationToken)
    {
        if (!RunClaims.Queue.IsLast(claim.Attempts) || !await GiveUpAsync(claim, trouble, cancellationToken))
        {
            await claims.FailedAsync(claim, trouble, cancellationToken);
        }
        else
        {
            await claims.ReleaseAsync(claim, cancellationToken);
        }
    }

    // A draft, and what is paused, has only its own rows to write: it is tried on, though seldom.
    private async Task<bool> GiveUpAsync(RunClaim claim, string trouble, CancellationToken cancellationToken)
    {
        if (
            await runs.GetAsync(claim.RunId, cancellationToken) is not { } run
            || run.Epoch != claim.Epoch
            || Change(run, claim, trouble) is not { } change
        )
        {
            return false;
        }

        await transitions.WriteAsync(claim, change, cancellationToken);
        ClaimMeter.GivenUp(RunClaims.Queue.Name);
        return true;
    }

    private RunChange? Change(Run run, RunClaim claim, string trouble)
    {
        var step = run.Steps.FirstOrDefault(s =>
            s.State is not (StepState.Done or StepState.NothingToDo or StepState.Skipped)
        );
        var why = new Refusal(
            "run-given-up",
            "§4.4",
            step?.Id ?? run.Definition.Id,
            claim.Attempts.ToString(CultureInfo.InvariantCulture),
            trouble
        );
        var detail = new Dictionary<string, string> { ["why"] = why.Code, ["detail"] = trouble };
        if (run.State == RunState.Confirmed)
        {
            // Nothing has begun: it cannot go on where it is, and may be drafted anew.
            return new RunChange("run-failed", run.State, RunState.Failed, null)
            {
                Outcome = why,
                EffectsEnded = true,
                Detail = detail,
                Notices = RunNotices.Ended(run, RunState.Failed, why),
                Audit = new AuditEntry(Actor.Bot, "run-failed", run.Definition.Id)
                {
                    Run = run.Name,
                    Before = run.State.ToString(),
                    After = nameof(RunState.Failed),
                    Detail = detail,
                },
            };
        }

        if (run.State is not (RunState.Running or RunState.Verifying) || step is null)
        {
            return null;
        }

        var (pause, left) = Left(run, step);
        detail["pause"] = pause.ToString();
        return new RunChange("run-paused", run.State, RunState.Paused, Announcements.NextDue(run))
        {
            Pause = pause,
            Outcome = why,
            Step = new StepChange(
                step.Id,
                left,
                FinishedAt: left == StepState.Pending ? null : clock.GetUtcNow(),
                Outcome: why
            ),
            Detail = detail,
            Notices = RunNotices.Paused(run, pause, step.Id, step.Attempt, why),
            Audit = new AuditEntry(Actor.Bot, "run-paused", step.Id)
            {
                Run = run.Name,
                Before = run.State.ToString(),
                After = pause.ToString(),
                Detail = detail,
            },
        };
    }

    // What was begun and changes something may have happened; what only looks has not.
    private (PauseReason Pause, StepState Left) Left(Run run, RunStep step) =>
        step.State switch
        {
            StepState.Pending => (PauseReason.Failed, StepState.Pending),
            _ when kinds[run.Definition.Steps[step.Ordinal].Kind].Effect != EffectClass.None => (
                PauseReason.Unknown,
                StepState.Unknown
            ),
            _ => (PauseReason.Failed, StepState.Failed),
        };
}
