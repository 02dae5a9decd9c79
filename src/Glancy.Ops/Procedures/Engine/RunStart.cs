using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Lives;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>From confirmed to running: roles once more, the world as confirmed, then all lock keys at once (rules 3, 4, 5).</summary>
public sealed class RunStart(
    BotDatabase database,
    RunTransitions transitions,
    Drafts drafts,
    PlanGuards guards,
    IChangeLedger ledger,
    LifeWatch lives,
    DutyRoster roster,
    RunbookHolder runbook,
    IKillPoints killPoints,
    TimeProvider clock)
{
    private static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> StartAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(run);
        var now = clock.GetUtcNow();

        // Before anything is keyed: whether this is still the database that the bastion knows.
        await lives.LookAsync(cancellationToken);
        var forbidden = await RoleLostAsync(run, now, cancellationToken)
            ?? await guards.RefusalAsync(GuardMoment.Start, run, null, cancellationToken);
        if (forbidden is not null)
        {
            return await NotStartedAsync(claim, run, forbidden, cancellationToken);
        }

        if (await drafts.ContentChangedAsync(run, cancellationToken))
        {
            await drafts.SupersedeAsync(claim, run, new Refusal("stale-plan", "§4.4", run.Name, ""), cancellationToken);
            return false;
        }

        var (plan, unplanned) = await drafts.PlanAsync(run, cancellationToken);
        if (plan is null)
        {
            return unplanned?.Code == "not-ours"
                ? await NotStartedAsync(claim, run, unplanned, cancellationToken)
                : await WaitForBastionAsync(claim, run, unplanned ?? new Refusal("unparsable-output", "§2.3", run.Name), cancellationToken);
        }

        if (plan.Hash != run.Plan.Hash)
        {
            var moved = run.Plan.Prior.FirstOrDefault(prior => plan.Prior.GetValueOrDefault(prior.Key) != prior.Value);
            var why = moved.Key is null
                ? new Refusal("stale-plan", "§4.4", run.Name, "")
                : new Refusal("drift", "§4.4", moved.Key, moved.Value, plan.Prior.GetValueOrDefault(moved.Key, "?"));
            await drafts.SupersedeAsync(claim, run, why, cancellationToken);
            return false;
        }

        killPoints.Reach("before-keys");
        var started = await database.InTransactionAsync(transaction => TakeKeysAsync(transaction, claim, run), cancellationToken);
        killPoints.Reach("running");
        return started;
    }

    // All keys in one statement and in one order, so that two runs cannot each hold half.
    private async Task<bool> TakeKeysAsync(Transaction transaction, RunClaim claim, Run run)
    {
        var keys = run.Plan.Keys.Order(StringComparer.Ordinal).ToArray();
        var now = clock.GetUtcNow().ToUniversalTime();
        if (run.Definition.Supersedes)
        {
            await RunStore.SupersedeOthersAsync(transaction, run.Id, keys, run.ConfirmedAt);
        }

        if (await ledger.MovedAsync(transaction, run) is { } moved)
        {
            await transitions.WriteAsync(transaction, run.Id, claim.Epoch, claim.Owner, Aborted(run, moved));
            return false;
        }

        var taken = await RunStore.TakeKeysAsync(transaction, run.Id, keys, now);
        if (taken == keys.Length)
        {
            await transitions.WriteAsync(
                transaction,
                run.Id,
                claim.Epoch,
                claim.Owner,
                new RunChange("run-running", RunState.Confirmed, RunState.Running, now, Notices: [RunNotices.Card(run, RunState.Running)], Audit: new Glancy.Ops.Kernel.Audit.AuditEntry(Actor.Bot, "run-start", run.Definition.Id, Run: run.Name, Detail: new Dictionary<string, string> { ["keys"] = string.Join(", ", keys), ["plan"] = run.Plan.Hash })));
            return true;
        }

        await RunStore.ReleaseKeysAsync(transaction, run.Id);
        var holders = await transaction.QueryAsync<long>(
            "select run_id from glancy.lock_key where key = any(@keys) order by key limit 1", new { keys });
        var holder = "R-" + (holders.Count > 0 ? holders[0] : 0);
        if (run.Definition.Supersedes)
        {
            // The holder has an effect in flight; it ends after that.
            await transitions.WriteAsync(
                transaction,
                run.Id,
                claim.Epoch,
                claim.Owner,
                new RunChange("run-waits-for-key", RunState.Confirmed, RunState.Confirmed, Soonest(run, now + KeyPause), Detail: new Dictionary<string, string> { ["holder"] = holder }));
            return false;
        }

        var refusal = new Refusal("key-held", "§4.4", string.Join(", ", keys), holder);
        await transitions.WriteAsync(
            transaction,
            run.Id,
            claim.Epoch,
            claim.Owner,
            new RunChange("run-superseded", RunState.Confirmed, RunState.Superseded, null, Outcome: refusal, Notices: RunNotices.Ended(run, RunState.Superseded, refusal), Audit: Ended(run, "run-superseded", refusal)));
        return false;
    }

    private static Glancy.Ops.Kernel.Audit.AuditEntry Ended(Run run, string action, Refusal why) =>
        new(Actor.Bot, action, run.Definition.Id, Run: run.Name, Detail: new Dictionary<string, string> { ["why"] = why.Code });

    // An announcement that is due earlier is not slept over.
    private static DateTimeOffset Soonest(Run run, DateTimeOffset at) => Announcements.NextDue(run) is { } due && due < at ? due : at;

    private async Task<Refusal?> RoleLostAsync(Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var needed = await database.QueryAsync<int>("select coalesce(persons_needed, 2) from glancy.run where id = @Id", new { run.Id }, cancellationToken);
        var (confirmations, roles) = BreakGlassUse.Counting(run, content);
        var standing = Approvals.Standing(confirmations, roles, onCall, content);
        return Approvals.Suffices(standing, needed[0])
            ? null
            : new Refusal("role-lost", "§1.1", string.Join(", ", confirmations.Select(c => c.Person).Except(standing.Where(c => c.Role is not null).Select(c => c.Person))));
    }

    // Nothing has happened yet, so waiting costs nothing; after a while a person is told.
    private async Task<bool> WaitForBastionAsync(RunClaim claim, Run run, Refusal unknown, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < run.ConfirmedAt + Patience)
        {
            await transitions.WriteAsync(
                claim,
                new RunChange("run-waits", RunState.Confirmed, RunState.Confirmed, Soonest(run, now + OutagePause), Detail: new Dictionary<string, string> { ["why"] = unknown.Code }),
                cancellationToken);
            return false;
        }

        return await NotStartedAsync(claim, run, unknown, cancellationToken);
    }

    private async Task<bool> NotStartedAsync(RunClaim claim, Run run, Refusal why, CancellationToken cancellationToken)
    {
        await transitions.WriteAsync(claim, Aborted(run, why), cancellationToken);
        return false;
    }

    private static RunChange Aborted(Run run, Refusal why) =>
        new("run-aborted", RunState.Confirmed, RunState.Aborted, null, Outcome: why, Notices: RunNotices.NotStarted(run, why), Audit: Ended(run, "run-aborted", why));
}
