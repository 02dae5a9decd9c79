using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Takes confirmations: of exactly the plan that was shown, from persons who may, once each (rules 3, 5, 6).</summary>
public sealed class RunConfirmation(
    BotDatabase database,
    RunStore runs,
    RunTransitions transitions,
    Drafts drafts,
    IHookLight lights,
    DutyRoster roster,
    PlanGuards guards,
    IBreakGlass breakGlass,
    RunbookHolder runbook,
    TimeProvider clock)
{
    private const int ShortestCode = 6;

    /// <summary>
    /// Confirms the plan with the given code. The world is looked at again first: if the plan would be another now, nothing is
    /// confirmed and a new draft stands in its place.
    /// </summary>
    /// <param name="code">The plan's code, at least six hex digits of its hash.</param>
    /// <param name="breakGlassReason">The reason for break-glass, where the person asks for it; null for an ordinary confirmation.</param>
    public async Task<RunOutcome> ConfirmAsync(long id, string code, Person person, string? breakGlassReason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(person);
        var run = await runs.GetAsync(id, cancellationToken);
        if (run is null)
        {
            return new RunOutcome.Refused(new Refusal("unknown-run", "", "R-" + id));
        }

        if (await RefusalAsync(run, code, person, breakGlassReason, cancellationToken) is { } refusal)
        {
            return new RunOutcome.Refused(refusal, run);
        }

        if (await drafts.ContentChangedAsync(run, cancellationToken))
        {
            return await ReplanAsync(run, person, cancellationToken);
        }

        var (plan, unplanned) = await drafts.PlanAsync(run, cancellationToken);
        if (plan is null)
        {
            return new RunOutcome.Refused(unplanned ?? new Refusal("unparsable-output", "§2.3", run.Name), run);
        }

        if (plan.Hash != run.Plan.Hash)
        {
            return await ReplanAsync(run, person, cancellationToken);
        }

        var stillRed = run.Context is { } context && run.RequestedBy == Actor.Bot && await lights.IsRedAsync(context.Hook, cancellationToken);
        return await RecordAsync(run, person, breakGlassReason, stillRed, cancellationToken);
    }

    /// <summary>The answer to whoever comes second: by whom and when.</summary>
    public static Refusal AlreadyConfirmed(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var last = run.Confirmations[^1];
        return new Refusal("already-confirmed", "", run.Name, last.Person, last.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<Refusal?> RefusalAsync(Run run, string code, Person person, string? breakGlassReason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // A draft ends with the old version; whoever comes too late is told of that, and not of a draft that is to be made anew.
        if ((run.Open || run.State == RunState.Expired) && run.OldKeptUntil <= now && await guards.RefusalAsync(GuardMoment.Late, run, null, cancellationToken) is { } gone)
        {
            return gone;
        }

        if (run.Ended)
        {
            return run.State == RunState.Expired
                ? new Refusal("expired", "§4.4", run.Name)
                : new Refusal("already-ended", "", run.Name, run.State.ToString());
        }

        if (!run.Open)
        {
            return AlreadyConfirmed(run);
        }

        if (now >= run.ExpiresAt)
        {
            return new Refusal("expired", "§4.4", run.Name);
        }

        if (code.Length < ShortestCode || !run.Plan.Hash.StartsWith(code, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal("bad-code", "§4.4", run.Name, code);
        }

        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var (roles, takesTwo) = (run.Definition.Roles, run.Plan.Risk == Risk.Danger);
        if (breakGlassReason is not null)
        {
            if (await breakGlass.ObjectionAsync(run, person, breakGlassReason, onCall, cancellationToken) is { } objection)
            {
                return objection;
            }
        }
        else if (Approvals.MayConfirm(person, roles, takesTwo, onCall, runbook.Current) is { Refusal: { } no })
        {
            return no;
        }
        else if (run.RequestedBy != Actor.Bot && run.Confirmations.Any(c => c.Person == person.Id))
        {
            return new Refusal("same-person", "§4.4", person.Id, run.Name);
        }

        if (!run.Definition.Supersedes && await runs.HolderAsync(run.Plan.Keys, run.Id, cancellationToken) is { } holder)
        {
            return new Refusal("key-held", "§4.4", string.Join(", ", run.Plan.Keys), "R-" + holder);
        }

        return await guards.RefusalAsync(GuardMoment.Confirmation, run, person.Id, cancellationToken);
    }

    private async Task<RunOutcome> ReplanAsync(Run run, Person person, CancellationToken cancellationToken)
    {
        // Somebody else may have dealt with it just now; the answer is the same: this plan is not confirmed.
        var fresh = await drafts.ReplaceAsync(run, person.Id, cancellationToken);
        var old = await runs.GetAsync(run.Id, cancellationToken) ?? run;
        fresh ??= old.SupersededBy is { } newer ? await runs.GetAsync(newer, cancellationToken) : null;
        return fresh is null ? new RunOutcome.Refused(new Refusal("stale-plan", "§4.4", run.Name, ""), old) : new RunOutcome.Replanned(old, fresh);
    }

    private async Task<RunOutcome> RecordAsync(Run seen, Person person, string? breakGlassReason, bool stillRed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var needed = Approvals.PersonsNeeded(seen.Plan.Risk, seen.RequestedBy == Actor.Bot, stillRed);
        var refusal = await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.QueryAsync<long>("select id from glancy.run where id = @Id for update", new { seen.Id });
                var run = await runs.GetAsync(seen.Id, cancellationToken) ?? seen;
                if (!run.Open)
                {
                    return run.Ended ? new Refusal("already-ended", "", run.Name, run.State.ToString()) : AlreadyConfirmed(run);
                }

                if (now >= run.ExpiresAt || run.AbortRequestedBy is not null || run.SupersededBy is not null)
                {
                    return new Refusal("expired", "§4.4", run.Name);
                }

                // Asked again: the role may have gone while the row was waited for.
                var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
                var wanted = run.Definition.Roles;
                var role = PermissionRule.Of(runbook.Current, onCall, person, PermissionNames.RunConfirm, wanted).Role;

                // How many it takes follows the light of a draft by the bot, and may have changed since somebody confirmed: what stands counts, for
                // that person's next click and for the second's.
                var others = run.Confirmations.Where(c => c.Person != person.Id).ToList();
                var standing = Approvals.Standing([.. others, new Confirmation(person.Id, role, now)], run.Definition.Roles, onCall, runbook.Current);
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
                var (use, objection) = enough || breakGlassReason is null ? default : await breakGlass.TakeAsync(transaction, run, person, breakGlassReason, onCall, standing, needed);
                if (objection is not null)
                {
                    return objection;
                }

                // Whoever asked for the run and breaks the glass has confirmed before; the row stays as it is.
                await RunStore.AddConfirmationAsync(
                    transaction, run.Id, new Confirmation(person.Id, use?.Role ?? role, now));
                await WriteAsync(transaction, run, person, role, use, enough || use is not null, use is null ? needed : 1);
                return null;
            },
            cancellationToken);
        var after = await runs.GetAsync(seen.Id, cancellationToken) ?? seen;
        return refusal is null ? new RunOutcome.Accepted(after) : new RunOutcome.Refused(refusal, after);
    }

    private async Task WriteAsync(Transaction transaction, Run run, Person person, string? role, BreakGlassUse? use, bool enough, int needed)
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
                enough ? now : run.ExpiresAt,
                Detail: new Dictionary<string, string> { ["person"] = person.Id, ["role"] = use?.Role ?? role ?? "", ["needed"] = needed.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                Notices: [RunNotices.Card(run, to)],
                Audit: use is not null ? use.Entry(run) : new AuditEntry(person.Id, "run-confirm", run.Definition.Id, role, Run: run.Name, After: to.ToString(), Detail: new Dictionary<string, string> { ["plan"] = run.Plan.Hash })));
    }
}
