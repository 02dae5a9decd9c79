using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>Stops a run at a step for a person: the reason, the card and the page in one change.</summary>
internal sealed class StepPause(RunTransitions transitions, StuckLook look, IKillPoints killPoints, TimeProvider clock)
{
    /// <summary>Always false: the run cannot go on by itself.</summary>
    /// <param name="state">What the step is left as.</param>
    /// <param name="also">What else belongs into the same transaction.</param>
    public async Task<bool> PauseAsync(
        RunClaim claim,
        Run run,
        string step,
        int attempt,
        PauseReason pause,
        Refusal why,
        IReadOnlyDictionary<string, string>? evidence,
        StepState state,
        CancellationToken cancellationToken,
        Func<Transaction, Task>? also = null
    )
    {
        if (state is StepState.Failed or StepState.Unknown && run.Steps.FirstOrDefault(s => s.Id == step) is { } stuck)
        {
            // What the tools say goes along, so that the card can tell which way on is safe.
            var found = await look.LookAsync(run, stuck with { Attempt = attempt }, cancellationToken);
            evidence = (evidence ?? new Dictionary<string, string>())
                .Concat(found)
                .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        }

        var now = clock.GetUtcNow();
        await transitions.WriteAsync(
            claim,
            new RunChange("run-paused", run.State, RunState.Paused, Announcements.NextDue(run))
            {
                Pause = pause,
                Outcome = why,
                Step = new StepChange(
                    step,
                    state,
                    FinishedAt: state is StepState.Failed or StepState.Unknown ? now : null,
                    Outcome: why,
                    Evidence: evidence
                ),
                Detail = new Dictionary<string, string>
                {
                    ["pause"] = pause.ToString(),
                    ["why"] = why.Code,
                    ["detail"] = string.Join(" ", why.Arguments),
                },
                Notices = RunNotices.Paused(run, pause, step, attempt, why),
                Audit = new AuditEntry(Actor.Bot, "run-paused", step)
                {
                    Run = run.Name,
                    Before = run.State.ToString(),
                    After = pause.ToString(),
                    Detail = new Dictionary<string, string> { ["why"] = why.Code },
                },
                Also = also,
            },
            cancellationToken
        );
        killPoints.Reach($"paused:{step}");
        return false;
    }
}
