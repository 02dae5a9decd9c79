namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Advances one claimed run from transition to transition. Everything it knows is in the database, so that any replica
/// goes on where another died.
/// </summary>
internal sealed class RunEngine(
    RunStore runs,
    RunStart start,
    StepRunner steps,
    RunEnd end,
    RunHolds holds,
    Announcements announcements,
    IKillPoints killPoints
)
{
    /// <summary>Works until the run waits for a time or a person, or has ended.</summary>
    /// <exception cref="ClaimLostException">Another worker took over; nothing more was written.</exception>
    public async Task WorkAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        killPoints.Reach("claimed");
        while (await AdvanceAsync(claim, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> AdvanceAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        var run =
            await runs.GetAsync(claim.RunId, cancellationToken)
            ?? throw new ClaimLostException(claim.RunId, claim.Epoch);
        if (run.Epoch != claim.Epoch)
        {
            throw new ClaimLostException(claim.RunId, claim.Epoch);
        }

        switch (run.State)
        {
            case RunState.Draft or RunState.AwaitingSecond:
                return await holds.WaitOrExpireAsync(claim, run, cancellationToken);
            case RunState.Confirmed when !RunHolds.IsInterrupted(run):
                return await announcements.PostDueAsync(claim, run, cancellationToken)
                    || await start.StartAsync(claim, run, cancellationToken);
            case RunState.Confirmed or RunState.Running or RunState.Verifying or RunState.Paused:
                return await GoOnAsync(claim, run, cancellationToken);
            default:
                return false;
        }
    }

    private async Task<bool> GoOnAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        if (await holds.EndAsync(claim, run, cancellationToken) is { } interrupted)
        {
            return interrupted;
        }

        if (await announcements.PostDueAsync(claim, run, cancellationToken))
        {
            return true;
        }

        if (
            run.State is RunState.Paused or RunState.Confirmed
            || await holds.RestoredAsync(claim, run, cancellationToken)
        )
        {
            return false;
        }

        if (run.Stuck is { } step)
        {
            return await steps.RunAsync(claim, run, step, cancellationToken);
        }

        await end.EndAsync(claim, run, cancellationToken);
        return false;
    }
}
