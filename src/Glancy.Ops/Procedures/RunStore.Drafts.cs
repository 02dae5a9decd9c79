using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures;

/// <summary>A run as it is drafted.</summary>
public sealed partial class RunStore
{
    /// <summary>Writes the draft and its steps.</summary>
    /// <returns>The run's number.</returns>
    internal static async Task<long> AddDraftAsync(
        Transaction transaction,
        DraftRequest request,
        Plan plan,
        string version,
        RunState state,
        DateTimeOffset now,
        DateTimeOffset expires
    )
    {
        var (definition, _, requester, reason, _, context, episode) = request;
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash, keys, state,
                                    requested_by, reason, context, episode_id, created_at, expires_at, due_at,
                                      old_kept_until)
            values (@definition, @version, @arguments, @plan, @hash, @keys, @state,
                    @requester, @reason, @context, @episode, @now, @expires, @expires, @kept)
            returning id
            """,
            new
            {
                definition = Jsonb.Of(definition),
                version,
                arguments = Jsonb.Of(plan.Arguments),
                plan = Jsonb.Of(plan),
                hash = plan.Hash,
                keys = plan.Keys.ToArray(),
                state = state.ToString(),
                requester,
                reason,
                context = Jsonb.OfNullable(context),
                episode,
                now = now.ToUniversalTime(),
                expires = expires.ToUniversalTime(),
                kept = request.OldKeptUntil?.ToUniversalTime(),
            }
        );
        var id = ids[0];
        await transaction.ExecuteAsync(
            """
            insert into glancy.run_step (run_id, ordinal, id, state)
            select @id, place - 1, step, 'Pending' from unnest(@steps) with ordinality as s(step, place)
            """,
            new { id, steps = definition.Steps.Select(step => step.Id).ToArray() }
        );
        return id;
    }
}
