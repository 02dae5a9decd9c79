using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// From confirmed to running: roles once more, the world as confirmed, then all lock keys at once (rules 3, 4, 5).
/// </summary>
internal sealed class RunStart(
    StartChecks checks,
    PlanCheck check,
    RunKeys keys,
    Drafts drafts,
    RunTransitions transitions,
    IKillPoints killPoints,
    TimeProvider clock
)
{
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> StartAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        var decision = new Decision();
        if (await checks.ForbiddenAsync(run, decision, cancellationToken) is { } forbidden)
        {
            return await NotStartedAsync(claim, run, forbidden, cancellationToken);
        }

        switch (await check.LookAsync(run, decision, cancellationToken))
        {
            case PlanLook.Unplanned { Why: { Code: "not-ours" } notOurs }:
                return await NotStartedAsync(claim, run, notOurs, cancellationToken);
            case PlanLook.Unplanned unplanned:
                return await WaitForBastionAsync(claim, run, unplanned.Why, cancellationToken);
            case PlanLook.Moved moved:
                await drafts.SupersedeAsync(claim, run, Drift(run, moved.Now), cancellationToken);
                return false;
        }

        killPoints.Reach("before-keys");
        var started = await keys.TakeAsync(claim, run, cancellationToken);
        killPoints.Reach("running");
        return started;
    }

    // Nothing has happened yet, so waiting costs nothing; after a while a person is told.
    private async Task<bool> WaitForBastionAsync(
        RunClaim claim,
        Run run,
        Refusal unknown,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (now < run.ConfirmedAt + Patience)
        {
            await transitions.WriteAsync(
                claim,
                new RunChange(
                    "run-waits",
                    RunState.Confirmed,
                    RunState.Confirmed,
                    RunKeys.Soonest(run, now + OutagePause)
                )
                {
                    Detail = new Dictionary<string, string> { ["why"] = unknown.Code },
                },
                cancellationToken
            );
            return false;
        }

        return await NotStartedAsync(claim, run, unknown, cancellationToken);
    }

    private async Task<bool> NotStartedAsync(RunClaim claim, Run run, Refusal why, CancellationToken cancellationToken)
    {
        await transitions.WriteAsync(claim, RunKeys.Aborted(run, why), cancellationToken);
        return false;
    }

    // What is another now: a state, or something that only the plan's hash tells.
    private static Refusal Drift(Run run, Plan? now)
    {
        var moved = run.Plan.Prior.FirstOrDefault(prior =>
            now is not null && now.Prior.GetValueOrDefault(prior.Key) != prior.Value
        );
        return now is null || moved.Key is null
            ? new Refusal("stale-plan", "§4.4", run.Name, "")
            : new Refusal("drift", "§4.4", moved.Key, moved.Value, now.Prior.GetValueOrDefault(moved.Key, "?"));
    }
}
