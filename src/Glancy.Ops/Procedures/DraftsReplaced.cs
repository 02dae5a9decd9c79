using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;

namespace Glancy.Ops.Procedures;

/// <content>
/// What becomes of a draft when the runbook it was drawn from is no longer the one in force (rules 3 and 12).
/// </content>
public sealed partial class Drafts
{
    /// <summary>
    /// Ends an unconfirmed run as superseded, with a new draft in its place where one can be made, in one transaction
    /// that holds the old one's row: whoever comes second changes nothing and is given null.
    /// </summary>
    /// <param name="actor">Who found out: a person, or the bot.</param>
    public async Task<Run?> ReplaceAsync(Run run, string actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var request = requests.Again(run) is { } wanted
            ? (await requests.LookedAtAsync(wanted, cancellationToken)).OrNull()
            : null;
        var planned = request is null ? null : await planner.PlanAsync(request, cancellationToken);
        var plan = planned?.Plan.OrNull();
        var fresh = await database.InTransactionAsync(
            async transaction =>
            {
                // Before the row, as every draft does it.
                if (plan is not null)
                {
                    await DraftRows.HoldAsync(transaction, plan);
                }

                var epochs = await transaction.QueryAsync<long>(
                    "select epoch from glancy.run where id = @Id and state = @state and superseded_by is null and "
                        + "abort_requested_by is null for update",
                    new { run.Id, state = run.State.ToString() }
                );
                if (epochs.Count == 0)
                {
                    return null;
                }

                long? id =
                    request is null || plan is null || planned is null
                        ? null
                        : await DraftRows.StandingAsync(transaction, request, plan, clock.GetUtcNow())
                            ?? await rows.InsertAsync(transaction, request, plan, planned.Content, first: null);
                var why = new Refusal("stale-plan", "§4.4", run.Name, id is { } number ? "R-" + number : "");
                await transitions.WriteAsync(transaction, run.Id, epochs[0], actor, Superseded(run, why, id));
                return id;
            },
            cancellationToken
        );
        return fresh is { } made ? await runs.GetAsync(made, cancellationToken) : null;
    }

    // What waits may have been planned for a world that has moved on; then who asks for the same again is shown the
    // plan of now.
    private async Task<Run> AsThingsStandAsync(Run run, string asker, CancellationToken cancellationToken) =>
        await check.LookAsync(run, new Decision(), cancellationToken) is PlanLook.Moved
            ? await ReplaceAsync(run, asker, cancellationToken) ?? run
            : run;

    // A draft that is to be taken over and that somebody on duty has confirmed in between: it stands, and nothing is
    // taken over.
    private static async Task<long?> TakenAsync(Transaction transaction, DraftRequest request)
    {
        foreach (var over in request.TakesOver)
        {
            var free = await transaction.QueryAsync<long>(
                "select id from glancy.run where id = @Id and state = @state and superseded_by is null and "
                    + "abort_requested_by is null for update",
                new { over.Id, state = over.State.ToString() }
            );
            var confirmed = await transaction.QueryAsync<long>(
                "select count(*) from glancy.confirmation where run_id = @Id",
                new { over.Id }
            );
            if (free.Count == 0 || confirmed[0] != over.Confirmations.Count)
            {
                return over.Id;
            }
        }

        return null;
    }

    private async Task<long> InsertAsync(
        Transaction transaction,
        DraftRequest request,
        Plan plan,
        RunbookContent content,
        Confirmation? first
    )
    {
        var id = await rows.InsertAsync(transaction, request, plan, content, first);
        foreach (var over in request.TakesOver)
        {
            var epoch = await transaction.QueryAsync<long>(
                "select epoch from glancy.run where id = @Id",
                new { over.Id }
            );
            await transitions.WriteAsync(
                transaction,
                over.Id,
                epoch[0],
                request.Requester,
                Superseded(over, new Refusal("superseded-by", "§4.4", "R-" + id), id)
            );
        }

        return id;
    }
}
