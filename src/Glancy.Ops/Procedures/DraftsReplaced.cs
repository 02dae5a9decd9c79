using Glancy.Ops.Runbook.Versions;

namespace Glancy.Ops.Procedures;

/// <content>What becomes of a draft when the runbook it was drawn from is no longer the one in force (rules 3 and 12).</content>
public sealed partial class Drafts
{
    /// <summary>
    /// Whether the runbook that is active by now says something else of what the run was drafted from: its procedure, or what that uses
    /// (rules 3 and 12). Ask before planning: what is gone cannot be planned.
    /// </summary>
    public async Task<bool> ContentChangedAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await versions.FollowAsync(cancellationToken);
        return ProcedureUse.Touched(run, await versions.OfAsync(run, cancellationToken), runbook.Current);
    }

    /// <summary>
    /// Ends an unconfirmed run as superseded, with a new draft in its place where one can be made, in one transaction that holds the
    /// old one's row: whoever comes second changes nothing and is given null.
    /// </summary>
    /// <param name="actor">Who found out: a person, or the bot.</param>
    public async Task<Run?> ReplaceAsync(Run run, string actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var request = Again(run) is { } wanted ? Chosen(wanted) : null;
        var content = runbook.Current;
        var plan = request is not null && await RefusalAsync(request, cancellationToken) is null
            ? (await PlanAsync(request, content, cancellationToken)).Plan
            : null;
        var fresh = await database.InTransactionAsync(
            async transaction =>
            {
                var epochs = await transaction.QueryAsync<long>(
                    "select epoch from glancy.run where id = @Id and state = @state and superseded_by is null and abort_requested_by is null for update",
                    new { run.Id, state = run.State.ToString() });
                if (epochs.Count == 0)
                {
                    return null;
                }

                long? id = request is null || plan is null
                    ? null
                    : await DraftRows.StandingAsync(transaction, request, plan) ?? await rows.InsertAsync(transaction, request, plan, content, first: null);
                var why = new Refusal("stale-plan", "§4.4", run.Name, id is { } number ? "R-" + number : "");
                await transitions.WriteAsync(transaction, run.Id, epochs[0], actor, Superseded(run, why, id));
                return id;
            },
            cancellationToken);
        return fresh is { } made ? await runs.GetAsync(made, cancellationToken) : null;
    }

    // A procedure that is no longer there, or takes other arguments now, has no draft any more.
    private DraftRequest? Again(Run run)
    {
        var content = runbook.Current;
        return content.Procedures.TryGetValue(run.Definition.Id, out var definition)
            && ProcedureArguments.Check(definition, run.Arguments, content, complete: true) is null
            ? new DraftRequest(definition, run.Arguments, run.RequestedBy, run.Reason, null, run.Context, run.EpisodeId) { Replaces = run.Id }
            : null;
    }
}
