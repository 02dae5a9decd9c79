using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Brings one step from pending to settled: start it (<see cref="StepStart"/>), apply, write what came of it
/// (<see cref="StepSettled"/>).
/// </summary>
internal sealed class StepRunner(
    StepActions actions,
    StepStart start,
    StepSettled settled,
    StepPause pause,
    Announcements announcements,
    RunTransitions transitions,
    IKillPoints killPoints,
    TimeProvider clock
)
{
    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> RunAsync(RunClaim claim, Run run, RunStep step, CancellationToken cancellationToken)
    {
        var definition = run.Definition.Steps[step.Ordinal];
        if (definition.Phase == StepPhase.Verify && run.State == RunState.Running)
        {
            await transitions.WriteAsync(
                claim,
                new RunChange("run-verifying", RunState.Running, RunState.Verifying, clock.GetUtcNow())
                {
                    EffectsEnded = true,
                    ReleaseKeys = true,
                },
                cancellationToken
            );
            killPoints.Reach("verifying");
            return true;
        }

        var (runbook, intent) = await actions.DescribeAsync(claim, run, definition, step, cancellationToken);
        return step.State == StepState.Pending
            ? await start.BeginAsync(claim, run, definition, step, intent, runbook, cancellationToken)
            : await ApplyAsync(claim, run, definition, step, intent, runbook, cancellationToken);
    }

    private async Task<bool> ApplyAsync(
        RunClaim claim,
        Run run,
        StepDefinition definition,
        RunStep step,
        StepIntent intent,
        RunbookContent runbook,
        CancellationToken cancellationToken
    )
    {
        var key = EffectKey.Of(run, step);
        var arguments = actions.Arguments(run, definition, step);
        var seen = new Dictionary<string, string>();
        while (true)
        {
            var execution = new StepExecution
            {
                Run = run,
                Step = step,
                Arguments = arguments,
                Runbook = runbook,
                Key = key,
                Fence = EffectKey.Fence(run, step),
                Epoch = claim.Epoch,
                StartedAt = step.StartedAt ?? clock.GetUtcNow(),
                Now = clock.GetUtcNow(),
            };
            var late = step.DeadlineAt is { } deadline && execution.Now > deadline;
            var result = await actions.CarryOutAsync(execution, cancellationToken);
            switch (result)
            {
                case StepResult.Done done:
                    killPoints.Reach($"after-effect:{step.Id}");
                    foreach (var (name, value) in done.Evidence)
                    {
                        seen[name] = value;
                    }

                    return await settled.DoneAsync(
                        claim,
                        run,
                        definition,
                        step,
                        intent,
                        execution,
                        done with
                        {
                            Evidence = seen,
                        },
                        cancellationToken
                    );
                case StepResult.StillRunning when late:
                    var passed = new Refusal("deadline-passed", "§4.4", step.Id, definition.Deadline.ToString());
                    return await pause.PauseAsync(
                        claim,
                        run,
                        step.Id,
                        step.Attempt,
                        PauseReason.Unknown,
                        passed,
                        null,
                        StepState.Unknown,
                        cancellationToken
                    );
                case StepResult.StillRunning running:
                    foreach (var (name, value) in running.Evidence)
                    {
                        seen[name] = value;
                    }

                    if (await announcements.PostDueAsync(claim, run, cancellationToken))
                    {
                        return true;
                    }

                    await Task.Delay(running.AskAgainAfter, cancellationToken);
                    break;
                case StepResult.WaitUntil waiting:
                    return await WaitAsync(claim, run, step, waiting, cancellationToken);
                case StepResult.WaitForPerson:
                    return await pause.PauseAsync(
                        claim,
                        run,
                        step.Id,
                        step.Attempt,
                        PauseReason.Manual,
                        new Refusal("manual-needed", "", step.Id, run.Name),
                        null,
                        StepState.Waiting,
                        cancellationToken
                    );
                case StepResult.Failed failed:
                    return await pause.PauseAsync(
                        claim,
                        run,
                        step.Id,
                        step.Attempt,
                        failed.Pause,
                        failed.Why,
                        failed.Evidence,
                        StepState.Failed,
                        cancellationToken
                    );
                case StepResult.Unknown unknown:
                    return await pause.PauseAsync(
                        claim,
                        run,
                        step.Id,
                        step.Attempt,
                        PauseReason.Unknown,
                        unknown.Why,
                        unknown.Evidence,
                        StepState.Unknown,
                        cancellationToken
                    );
            }
        }
    }

    private async Task<bool> WaitAsync(
        RunClaim claim,
        Run run,
        RunStep step,
        StepResult.WaitUntil waiting,
        CancellationToken cancellationToken
    )
    {
        var next = Announcements.NextDue(run) is { } due && due < waiting.At ? due : waiting.At;
        var silent = step.State == StepState.Waiting;
        await transitions.WriteAsync(
            claim,
            new RunChange(silent ? "step-looked" : "step-waiting", run.State, run.State, next)
            {
                Step = new StepChange(step.Id, StepState.Waiting, Evidence: waiting.Evidence),
                Detail = waiting.Evidence.Where(e => e.Value.Length <= 200).ToDictionary(e => e.Key, e => e.Value),
            },
            cancellationToken
        );
        killPoints.Reach($"waiting:{step.Id}");
        return false;
    }
}
