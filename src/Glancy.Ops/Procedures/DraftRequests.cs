using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Checks what is to be drafted before the world is looked at: who asks, with which arguments, whether it may be
/// drafted now.
/// </summary>
public sealed class DraftRequests(
    DutyRoster roster,
    PlanGuards guards,
    GivenArguments given,
    IWayBack wayBack,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <summary>What a person asks for, complete; or why it is not drafted.</summary>
    public async Task<Result<DraftRequest>> AskedAsync(
        string procedure,
        IReadOnlyDictionary<string, string> arguments,
        Person requester,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(requester);
        var content = runbook.Current;
        if (!content.Procedures.TryGetValue(procedure, out var definition))
        {
            var known = string.Join(", ", content.Procedures.Keys.Order(StringComparer.Ordinal));
            return new Refusal("unknown-procedure", "", procedure, known);
        }

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        if (PermissionRule.Of(content, onCall, requester, PermissionNames.ProcedureDraft).Refusal is { } missing)
        {
            return missing;
        }

        if (
            !given.With(definition, arguments, content).Has(out var all, out var wrong)
            || (wrong = ProcedureArguments.Check(definition, all, content, complete: true)) is not null
        )
        {
            return wrong;
        }

        var request = new DraftRequest(definition, all, requester.Id, reason, requester, null, null);
        var question = new GuardQuestion(GuardMoment.Draft, definition, all, [requester.Id], request.Decision);
        return await guards.RefusalAsync(question, cancellationToken) is { } forbidden ? forbidden : request;
    }

    /// <summary>The arguments with those that the runbook gives.</summary>
    public Result<IReadOnlyDictionary<string, string>> Given(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments
    ) => given.With(definition, arguments, runbook.Current);

    /// <summary>The same again; null where the procedure is no longer there, or takes other arguments now.</summary>
    public DraftRequest? Again(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var content = runbook.Current;
        return
            content.Procedures.TryGetValue(run.Definition.Id, out var definition)
            && ProcedureArguments.Check(definition, run.Arguments, content, complete: true) is null
            ? new DraftRequest(definition, run.Arguments, run.RequestedBy, run.Reason, null, run.Context, run.EpisodeId)
            {
                Replaces = run.Id,
            }
            : null;
    }

    /// <summary>
    /// The request without what its arguments leave out, and until when there is a way back; or why there is none.
    /// </summary>
    public async Task<Result<DraftRequest>> LookedAtAsync(DraftRequest wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var request = wanted with
        {
            Definition = wanted.Definition.For(ProcedureArguments.Complete(wanted.Definition, wanted.Arguments)),
        };
        var way = await wayBack.LookAsync(request.Definition, request.Arguments, cancellationToken);
        return way.Then(until => request with { OldKeptUntil = until });
    }

    /// <summary>Where two are needed the requester counts as the first, if on the roster (rule 5).</summary>
    public async Task<Confirmation?> FirstAsync(DraftRequest request, Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Risk != Risk.Danger || request.Asker is not { } asker)
        {
            return null;
        }

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var may = Approvals.MayConfirm(asker, request.Definition.Roles, takesTwo: true, onCall, runbook.Current);
        return may.Refusal is null ? new Confirmation(asker.Id, may.Role, clock.GetUtcNow()) : null;
    }
}
