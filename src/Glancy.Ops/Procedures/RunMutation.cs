using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Procedures;

/// <summary>A permission, and the roles that the run brings to it.</summary>
public sealed record Asked(PermissionName Permission, IReadOnlyList<string> Roles);

/// <summary>The one way in which a person's word on a run is taken, whatever the word is.</summary>
public sealed class RunMutation(
    BotDatabase database,
    RunStore runs,
    RunTransitions transitions,
    Permissions permissions,
    AuditLog audit,
    WakeSignal wake
)
{
    /// <summary>Reads the run, checks the person and the state under the row's lock, and writes.</summary>
    /// <param name="state">Why nobody may say it now; null when it may be said.</param>
    /// <param name="permission">What the person has to be permitted; null when this run takes none.</param>
    /// <param name="say">Writes; a refusal takes everything back.</param>
    /// <param name="keepDespite">Refusals with which what was written stays.</param>
    public async Task<RunOutcome> SayAsync(
        long id,
        Person person,
        Func<Run, Refusal?> state,
        Func<Run, Asked?> permission,
        Func<Transaction, Run, string?, Task<Refusal?>> say,
        CancellationToken cancellationToken,
        Func<Refusal, bool>? keepDespite = null
    )
    {
        Refusal? kept = null;
        try
        {
            await database.InTransactionAsync(
                async transaction =>
                {
                    await transaction.QueryAsync<long>(
                        "select id from glancy.run where id = @id for update",
                        new { id }
                    );
                    var run =
                        await runs.GetAsync(id, cancellationToken)
                        ?? throw new RefusedException(new Refusal("unknown-run", "", "R-" + id), null);
                    if (state(run) is { } refusal)
                    {
                        throw new RefusedException(refusal, run);
                    }

                    string? role = null;
                    if (permission(run) is { } asked)
                    {
                        (role, var missing) = await permissions.AskAsync(
                            person,
                            asked.Permission,
                            asked.Roles,
                            cancellationToken
                        );
                        if (missing is not null)
                        {
                            throw new RefusedException(missing, run);
                        }
                    }

                    if (await say(transaction, run, role) is { } refused)
                    {
                        kept = refused;
                        if (keepDespite?.Invoke(refused) != true)
                        {
                            throw new RefusedException(refused, run);
                        }
                    }
                },
                cancellationToken
            );
        }
        catch (RefusedException refused)
        {
            return new RunOutcome.Refused(refused.Refusal, refused.Run);
        }
        catch (ClaimLostException)
        {
            // A worker moved the run in between; the person sees how it stands now and may say it again.
            var moved = await runs.GetAsync(id, cancellationToken);
            return new RunOutcome.Refused(
                new Refusal("not-paused", "", "R-" + id, moved?.State.ToString() ?? ""),
                moved
            );
        }

        await wake.SendAsync(cancellationToken);
        var after =
            await runs.GetAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Run {id} is gone.");
        return kept is null ? new RunOutcome.Accepted(after) : new RunOutcome.Refused(kept, after);
    }

    /// <summary>A line of history and of the trail, without a change of state.</summary>
    public async Task NoteAsync(
        Transaction transaction,
        Run run,
        Person person,
        string? role,
        string kind,
        string? step,
        string reason
    )
    {
        await transitions.AppendEventAsync(
            transaction,
            run.Id,
            person.Id,
            kind,
            step,
            new Dictionary<string, string> { ["reason"] = reason }
        );
        await audit.AppendAsync(
            transaction,
            new AuditEntry(person.Id, kind, step ?? run.Definition.Id)
            {
                Role = role,
                Run = run.Name,
                Incident = run.BreakGlass?.Incident,
                Detail = new Dictionary<string, string> { ["reason"] = reason },
            }
        );
    }

    /// <summary>Carries a refusal out of the transaction, rolling it back; never leaves this class.</summary>
    private sealed class RefusedException(Refusal refusal, Run? run) : Exception(refusal.Code)
    {
        public Refusal Refusal => refusal;

        public Run? Run => run;
    }
}
