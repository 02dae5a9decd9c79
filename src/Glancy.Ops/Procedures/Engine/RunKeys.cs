using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>The lock keys of a run: all of them or none (rule 4).</summary>
internal sealed class RunKeys(
    BotDatabase database,
    RunTransitions transitions,
    IChangeLedger ledger,
    TimeProvider clock
)
{
    private static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(5);

    /// <summary>True when the run has its keys and is running.</summary>
    public Task<bool> TakeAsync(RunClaim claim, Run run, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => TakeAsync(transaction, claim, run), cancellationToken);

    /// <summary>An announcement that is due earlier is not slept over.</summary>
    internal static DateTimeOffset Soonest(Run run, DateTimeOffset at) =>
        Announcements.NextDue(run) is { } due && due < at ? due : at;

    /// <summary>The end of a run that has not begun.</summary>
    internal static RunChange Aborted(Run run, Refusal why) =>
        new("run-aborted", RunState.Confirmed, RunState.Aborted, null)
        {
            Outcome = why,
            Notices = RunNotices.NotStarted(run, why),
            Audit = Ended(run, "run-aborted", why),
        };

    // All keys in one statement and in one order, so that two runs cannot each hold half.
    private async Task<bool> TakeAsync(Transaction transaction, RunClaim claim, Run run)
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
                new RunChange("run-running", RunState.Confirmed, RunState.Running, now)
                {
                    Notices = [RunNotices.Card(run, RunState.Running)],
                    Audit = new AuditEntry(Actor.Bot, "run-start", run.Definition.Id)
                    {
                        Run = run.Name,
                        Detail = new Dictionary<string, string>
                        {
                            ["keys"] = string.Join(", ", keys),
                            ["plan"] = run.Plan.Hash,
                        },
                    },
                }
            );
            return true;
        }

        await RunStore.ReleaseKeysAsync(transaction, run.Id);
        var holders = await transaction.QueryAsync<long>(
            "select run_id from glancy.lock_key where key = any(@keys) order by key limit 1",
            new { keys }
        );
        var holder = "R-" + (holders.Count > 0 ? holders[0] : 0);
        if (run.Definition.Supersedes)
        {
            // The holder has an effect in flight; it ends after that.
            await transitions.WriteAsync(
                transaction,
                run.Id,
                claim.Epoch,
                claim.Owner,
                new RunChange("run-waits-for-key", RunState.Confirmed, RunState.Confirmed, Soonest(run, now + KeyPause))
                {
                    Detail = new Dictionary<string, string> { ["holder"] = holder },
                }
            );
            return false;
        }

        var refusal = new Refusal("key-held", "§4.4", string.Join(", ", keys), holder);
        await transitions.WriteAsync(
            transaction,
            run.Id,
            claim.Epoch,
            claim.Owner,
            new RunChange("run-superseded", RunState.Confirmed, RunState.Superseded, null)
            {
                Outcome = refusal,
                Notices = RunNotices.Ended(run, RunState.Superseded, refusal),
                Audit = Ended(run, "run-superseded", refusal),
            }
        );
        return false;
    }

    private static AuditEntry Ended(Run run, string action, Refusal why) =>
        new(Actor.Bot, action, run.Definition.Id)
        {
            Run = run.Name,
            Detail = new Dictionary<string, string> { ["why"] = why.Code },
        };
}
