using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Procedures;

/// <summary>A person's word on a run that is under way: abort, retry, skip, dismiss, tick (rules 5, 6, 10).</summary>
public sealed partial class RunDesk(
    RunMutation mutation,
    RunTransitions transitions,
    RunConfirmation confirmation,
    Attempts attempts,
    LeftOut left,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <inheritdoc cref="RunConfirmation.ConfirmAsync"/>
    public Task<RunOutcome> ConfirmAsync(
        long run,
        string code,
        Person person,
        string? breakGlassReason,
        CancellationToken cancellationToken
    ) => confirmation.ConfirmAsync(run, code, person, breakGlassReason, cancellationToken);

    /// <summary>Interrupts waits and lets an effect in flight finish; then the run ends (rule 10).</summary>
    public async Task<RunOutcome> AbortAsync(long id, Person person, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        return await mutation.SayAsync(
            id,
            person,
            run => run.Ended ? new Refusal("already-ended", "", run.Name, run.State.ToString()) : null,
            run =>
                run.Open && run.RequestedBy == person.Id
                    ? null
                    : new Asked(PermissionNames.RunAbort, run.Definition.Roles),
            async (transaction, run, role) =>
            {
                if (run.Open && run.RequestedBy != person.Id)
                {
                    return new Refusal("not-running", "§4.4", run.Name);
                }

                await RunStore.RequestAbortAsync(transaction, id, person.Id, reason, clock.GetUtcNow());
                await mutation.NoteAsync(transaction, run, person, role, "abort-requested", null, reason);
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>A new attempt at the step that paused the run; only a person makes one (rule 1).</summary>
    public async Task<RunOutcome> RetryAsync(long id, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        Refusal? NotStuck(Run run) =>
            run.State != RunState.Paused || run.Stuck is null
                ? new Refusal("not-paused", "", run.Name, run.State.ToString())
                : null;

        // The old attempt may have to be killed first: nobody does that without the role, and not without a row before
        // it.
        var asked = await mutation.SayAsync(
            id,
            person,
            NotStuck,
            run => new Asked(PermissionNames.RunRetry, run.Definition.Roles),
            async (transaction, run, role) =>
            {
                await mutation.NoteAsync(transaction, run, person, role, "retry-asked", run.Stuck?.Id, "");
                return null;
            },
            cancellationToken
        );
        if (asked is not RunOutcome.Accepted { Run: var before } || before.Stuck is not { } stuck)
        {
            return asked;
        }

        var fate = await attempts.FateAsync(before, stuck, cancellationToken);
        if (Attempts.Uncertain(fate, stuck) is { } uncertain)
        {
            return new RunOutcome.Refused(uncertain, before);
        }

        return await mutation.SayAsync(
            id,
            person,
            NotStuck,
            run => new Asked(PermissionNames.RunRetry, run.Definition.Roles),
            async (transaction, run, role) =>
            {
                var step = run.Stuck;
                if (step is null || step.Id != stuck.Id || step.Attempt != stuck.Attempt)
                {
                    return new Refusal("not-paused", "", run.Name, run.State.ToString());
                }

                // The old attempt succeeded after all: its stored answer is taken, nothing is repeated.
                var adopt = fate == AttemptFate.Adopt;
                var definition = run.Definition.Steps[step.Ordinal];
                var change = new StepChange(
                    step.Id,
                    adopt ? StepState.Started : StepState.Pending,
                    DeadlineAt: clock.GetUtcNow() + definition.Deadline
                );
                await ResumeAsync(
                    transaction,
                    run,
                    person,
                    role,
                    "step-retried",
                    change,
                    adopt ? "adopted" : "new attempt"
                );
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>Says that a manual step is done, with evidence.</summary>
    public Task<RunOutcome> TickAsync(
        long id,
        string stepId,
        string evidence,
        Person person,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        return mutation.SayAsync(
            id,
            person,
            run =>
                run.State != RunState.Paused || run.Pause != PauseReason.Manual || run.Stuck?.Id != stepId
                    ? new Refusal("not-manual", "", stepId, run.Name)
                    : null,
            run => new Asked(PermissionNames.RunTick, run.Definition.Roles),
            async (transaction, run, role) =>
            {
                var change = new StepChange(
                    stepId,
                    StepState.Done,
                    FinishedAt: clock.GetUtcNow(),
                    Evidence: new Dictionary<string, string> { ["ticked_by"] = person.Id, ["evidence"] = evidence }
                );
                await ResumeAsync(transaction, run, person, role, "step-ticked", change, evidence);
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Puts a draft away; the RM's, with a reason (rule 6). One behind which nobody on duty stands may be put away by
    /// whoever may confirm it. Whoever asked for a draft may withdraw it with abort.
    /// </summary>
    public async Task<RunOutcome> DismissAsync(
        long id,
        string reason,
        Person person,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        return await mutation.SayAsync(
            id,
            person,
            run =>
                run.Open ? null
                : run.Ended ? new Refusal("already-ended", "", run.Name, run.State.ToString())
                : ConfirmationChecks.AlreadyConfirmed(run),
            run => new Asked(
                PermissionNames.RunDismiss,
                Approvals.StoodBehind(run, onCall, runbook.Current) ? [] : run.Definition.Roles
            ),
            async (transaction, run, role) =>
            {
                var why = new Refusal("dismissed", "§4.4", person.Id, reason);
                await transitions.WriteAsync(
                    transaction,
                    run.Id,
                    run.Epoch,
                    person.Id,
                    new RunChange("run-dismissed", run.State, RunState.Aborted, null)
                    {
                        Outcome = why,
                        Detail = new Dictionary<string, string> { ["reason"] = reason },
                        Notices = RunNotices.Ended(run, RunState.Aborted, why),
                        Audit = new AuditEntry(person.Id, "run-dismiss", run.Definition.Id)
                        {
                            Role = role,
                            Run = run.Name,
                            Detail = new Dictionary<string, string> { ["reason"] = reason },
                        },
                    }
                );
                return null;
            },
            cancellationToken
        );
    }

    private async Task ResumeAsync(
        Transaction transaction,
        Run run,
        Person person,
        string? role,
        string kind,
        StepChange step,
        string detail
    )
    {
        var to = run.EffectsEndedAt is null ? RunState.Running : RunState.Verifying;
        await transitions.WriteAsync(
            transaction,
            run.Id,
            run.Epoch,
            person.Id,
            new RunChange(kind, RunState.Paused, to, clock.GetUtcNow())
            {
                Step = step,
                Detail = new Dictionary<string, string> { ["detail"] = detail },
                Notices = [RunNotices.Card(run, to)],
                Audit = new AuditEntry(person.Id, kind, step.Id)
                {
                    Role = role,
                    Run = run.Name,
                    Before = run.Pause?.ToString(),
                    Detail = new Dictionary<string, string> { ["detail"] = detail },
                },
            }
        );
    }
}
