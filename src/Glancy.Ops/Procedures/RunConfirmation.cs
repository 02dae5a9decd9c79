using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Takes confirmations: of exactly the plan that was shown, from persons who may, once each (rules 3, 5, 6).
/// </summary>
public sealed class RunConfirmation(
    ConfirmationChecks checks,
    ConfirmationRecord record,
    RunStore runs,
    Drafts drafts,
    PlanCheck check,
    IHookLight lights,
    AuditLog audit,
    WakeSignal wake
)
{
    /// <summary>
    /// Confirms the plan with the given code. The world is looked at again first: if the plan would be another now,
    /// nothing is confirmed and a new draft stands in its place.
    /// </summary>
    /// <param name="code">The plan's code, at least six hex digits of its hash.</param>
    /// <param name="breakGlassReason">The reason for break-glass, where the person asks for it; null for an ordinary
    /// confirmation.</param>
    public async Task<RunOutcome> ConfirmAsync(
        long id,
        string code,
        Person person,
        string? breakGlassReason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(person);
        var outcome = await TakeAsync(id, code, person, breakGlassReason, cancellationToken);
        if (outcome is RunOutcome.Refused { Refusal: { } refusal, Run: { } refused })
        {
            // Who tried what they may not is worth knowing, too.
            var detail = new Dictionary<string, string> { ["why"] = refusal.Code };
            var entry = new AuditEntry(person.Id, "run-confirm-refused", refused.Definition.Id)
            {
                Run = refused.Name,
                Detail = detail,
            };
            await audit.AppendAsync(entry, cancellationToken);
        }

        await wake.SendAsync(cancellationToken);
        return outcome;
    }

    private async Task<RunOutcome> TakeAsync(
        long id,
        string code,
        Person person,
        string? breakGlassReason,
        CancellationToken cancellationToken
    )
    {
        var run = await runs.GetAsync(id, cancellationToken);
        if (run is null)
        {
            return new RunOutcome.Refused(new Refusal("unknown-run", "", "R-" + id));
        }

        var decision = new Decision();
        if (await checks.RefusalAsync(run, code, person, breakGlassReason, decision, cancellationToken) is { } refusal)
        {
            return new RunOutcome.Refused(refusal, run);
        }

        switch (await check.LookAsync(run, decision, cancellationToken))
        {
            case PlanLook.Unplanned unplanned:
                return new RunOutcome.Refused(unplanned.Why, run);
            case PlanLook.Moved:
                return await ReplanAsync(run, person, cancellationToken);
        }

        var stillRed =
            run.Context is { } context
            && run.RequestedBy == Actor.Bot
            && await lights.IsRedAsync(context.Hook, decision, cancellationToken);
        return await record.WriteAsync(run, person, breakGlassReason, stillRed, cancellationToken);
    }

    private async Task<RunOutcome> ReplanAsync(Run run, Person person, CancellationToken cancellationToken)
    {
        // Somebody else may have dealt with it just now; the answer is the same: this plan is not confirmed.
        var fresh = await drafts.ReplaceAsync(run, person.Id, cancellationToken);
        var old = await runs.GetAsync(run.Id, cancellationToken) ?? run;
        fresh ??= old.SupersededBy is { } newer ? await runs.GetAsync(newer, cancellationToken) : null;
        return fresh is null
            ? new RunOutcome.Refused(new Refusal("stale-plan", "§4.4", run.Name, ""), old)
            : new RunOutcome.Replanned(old, fresh);
    }
}
