using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Writes a confirmation: the person's row, the run's new state, the card and the audit event in one transaction.
/// </summary>
public sealed class ConfirmationRecord(
    BotDatabase database,
    RunStore runs,
    RunTransitions transitions,
    DutyRoster roster,
    IBreakGlass breakGlass,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <param name="stillRed">The light is, for which the bot has drafted the run.</param>
    public async Task<RunOutcome> WriteAsync(
        Run seen,
        Person person,
        string? breakGlassReason,
        bool stillRed,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var needed = Approvals.PersonsNeeded(seen.Plan.Risk, seen.RequestedBy == Actor.Bot, stillRed);
        var refusal = await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.QueryAsync<long>(
                    "select id from glancy.run where id = @Id for update",
                    new { seen.Id }
                );
                var run = await runs.GetAsync(seen.Id, cancellationToken) ?? seen;
                if (!run.Open)
                {
                    return run.Ended
                        ? new Refusal("already-ended", "", run.Name, run.State.ToString())
                        : ConfirmationChecks.AlreadyConfirmed(run);
                }

                if (now >= run.ExpiresAt || run.AbortRequestedBy is not null || run.SupersededBy is not null)
                {
                    return new Refusal("expired", "§4.4", run.Name);
                }

                // Asked again: the role may have gone while the row was waited for.
                var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
                var wanted = run.Definition.Roles;
                var role = PermissionRule.Of(runbook.Current, onCall, person, PermissionNames.RunConfirm, wanted).Role;

                // How many it takes follows the light of a draft by the bot, and may have changed since somebody
                // confirmed: what stands counts, for that person's next click and for the second's.
                var others = run.Confirmations.Where(c => c.Person != person.Id).ToList();
                var standing = Approvals.Standing(
                    [.. others, new Confirmation(person.Id, role, now)],
                    run.Definition.Roles,
                    onCall,
                    runbook.Current
                );
                var enough = Approvals.Suffices(standing, needed);
                if (!enough && breakGlassReason is null && others.Count < run.Confirmations.Count)
                {
                    return new Refusal("same-person", "§4.4", person.Id, run.Name);
                }

                if (!enough && breakGlassReason is null && needed == 1)
                {
                    return Duties.NotOnCall(person, wanted, onCall, runbook.Current.Roles);
                }

                // Where an ordinary confirmation does it, no glass is broken.
                BreakGlassUse? use = null;
                if (!enough && breakGlassReason is not null)
                {
                    var broken = await breakGlass.TakeAsync(
                        transaction,
                        run,
                        person,
                        breakGlassReason,
                        onCall,
                        standing,
                        needed
                    );
                    if (!broken.Has(out use, out var objection))
                    {
                        return objection;
                    }
                }

                // Whoever asked for the run and breaks the glass has confirmed before; the row stays as it is.
                await RunStore.AddConfirmationAsync(
                    transaction,
                    run.Id,
                    new Confirmation(person.Id, use?.Role ?? role, now)
                );
                await WriteAsync(
                    transaction,
                    run,
                    person,
                    role,
                    use,
                    enough || use is not null,
                    use is null ? needed : 1
                );
                return null;
            },
            cancellationToken
        );
        var after = await runs.GetAsync(seen.Id, cancellationToken) ?? seen;
        return refusal is null ? new RunOutcome.Accepted(after) : new RunOutcome.Refused(refusal, after);
    }

    private async Task WriteAsync(
        Transaction transaction,
        Run run,
        Person person,
        string? role,
        BreakGlassUse? use,
        bool enough,
        int needed
    )
    {
        var now = clock.GetUtcNow();
        var to = enough ? RunState.Confirmed : RunState.AwaitingSecond;
        if (enough)
        {
            await RunStore.ConfirmedAsync(transaction, run.Id, now, needed);
        }

        await transitions.WriteAsync(
            transaction,
            run.Id,
            run.Epoch,
            person.Id,
            new RunChange(
                enough ? "run-confirmed" : "run-first-confirmation",
                run.State,
                to,
                enough ? now : run.ExpiresAt
            )
            {
                Detail = new Dictionary<string, string>
                {
                    ["person"] = person.Id,
                    ["role"] = use?.Role ?? role ?? "",
                    ["needed"] = needed.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
                Notices = [RunNotices.Card(run, to)],
                Audit = use is not null
                    ? use.Entry(run)
                    : new AuditEntry(person.Id, "run-confirm", run.Definition.Id)
                    {
                        Role = role,
                        Run = run.Name,
                        After = to.ToString(),
                        Detail = new Dictionary<string, string> { ["plan"] = run.Plan.Hash },
                    },
            }
        );
    }
}
