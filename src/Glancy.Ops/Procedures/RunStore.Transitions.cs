using Dapper;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;

namespace Glancy.Ops.Procedures;

/// <summary>How a run and its steps move on, and what is told of it.</summary>
public sealed partial class RunStore
{
    /// <summary>
    /// Moves a run on, where it has the state and the epoch that the change starts from. Its incident; no row where it
    /// has not.
    /// </summary>
    internal static Task<IReadOnlyList<string?>> ChangeAsync(
        Transaction transaction,
        long runId,
        long epoch,
        RunChange change,
        DateTimeOffset now
    ) =>
        transaction.QueryAsync<string?>(
            """
            update glancy.run set state = @to, pause = @pause,
                   -- A person's abort or a newer run's claim may have come in since; it must not be put off.
                   due_at = case when not @ended and (abort_requested_by is not null or superseded_by is not null)
                                 then @now else @due end,
                   outcome = case when @setOutcome then @outcome else outcome end,
                   effects_ended_at = case when @effectsEnded then coalesce(effects_ended_at, @now)
                                           else effects_ended_at end,
                   finished_at = case when @ended then @now else finished_at end,
                   superseded_by = coalesce(@supersededBy, superseded_by), anchor = coalesce(@anchor, anchor),
                   -- Something has come of it.
                   attempts = 0, next_at = null, trouble = null
             where id = @runId and epoch = @epoch and state = @from
            returning incident_id
            """,
            new
            {
                runId,
                epoch,
                from = change.From.ToString(),
                to = change.To.ToString(),
                pause = change.Pause?.ToString(),
                due = change.DueAt?.ToUniversalTime(),
                setOutcome = change.Outcome is not null || change.To != RunState.Paused,
                outcome = Jsonb.OfNullable(change.Outcome),
                effectsEnded = change.EffectsEnded,
                ended = change.To >= RunState.Succeeded,
                now,
                supersededBy = change.SupersededBy,
                anchor = change.Anchor,
            }
        );

    /// <summary>What is known of a step beside its state; what is not named stays.</summary>
    internal static Task<int> AddEvidenceAsync(
        Transaction transaction,
        long runId,
        string step,
        IReadOnlyDictionary<string, string> evidence
    ) =>
        transaction.ExecuteAsync(
            "update glancy.run_step set evidence = evidence || @evidence where run_id = @runId and id = @step",
            new
            {
                runId,
                step,
                evidence = Jsonb.Of(evidence),
            }
        );

    /// <summary>
    /// The next line of a run's history, and with it what it tells of a step; null members of that stay as they are.
    /// The caller holds the run's row, so the numbering has no rival.
    /// </summary>
    internal static Task<int> AddEventAsync(Transaction transaction, long runId, RunEvent line, StepChange? step)
    {
        const string Change = """
            update glancy.run_step set state = @State, attempt = coalesce(@Attempt, attempt),
                   started_at = coalesce(@started, started_at), deadline_at = coalesce(@deadline, deadline_at),
                   finished_at = @finished,
                   outcome = @outcome, evidence = evidence || @evidence
             where run_id = @runId and id = @Id;

            """;
        const string Add = """
            insert into glancy.run_event (run_id, seq, at, actor, kind, step, detail)
            select @runId, coalesce(max(seq), 0) + 1, @at, @Actor, @Kind, @Step, @detail
              from glancy.run_event where run_id = @runId
            """;
        var said = new DynamicParameters(
            new
            {
                runId,
                at = line.At.ToUniversalTime(),
                line.Actor,
                line.Kind,
                line.Step,
                detail = Jsonb.Of(line.Detail),
            }
        );
        if (step is null)
        {
            return transaction.ExecuteAsync(Add, said);
        }

        said.AddDynamicParams(
            new
            {
                step.Id,
                State = step.State.ToString(),
                step.Attempt,
                started = step.StartedAt?.ToUniversalTime(),
                deadline = step.DeadlineAt?.ToUniversalTime(),
                finished = step.FinishedAt?.ToUniversalTime(),
                outcome = Jsonb.OfNullable(step.Outcome),
                evidence = Jsonb.Of(step.Evidence ?? new Dictionary<string, string>()),
            }
        );

        // Together: each question costs a way to the server and back.
        return transaction.ExecuteAsync(Change + Add, said);
    }

    /// <summary>Somebody wants it to end: waits are interrupted, an effect in flight finishes first.</summary>
    internal static Task<int> RequestAbortAsync(
        Transaction transaction,
        long id,
        string person,
        string reason,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            """
            update glancy.run set abort_requested_by = coalesce(abort_requested_by, @person), abort_reason = @reason,
              due_at = @now, next_at = null
             where id = @id
            """,
            new
            {
                person,
                reason,
                now = now.ToUniversalTime(),
                id,
            }
        );

    /// <summary>
    /// Rule 4: what observes, waits or is unconfirmed ends now; what has an effect in flight is asked to end after it.
    /// </summary>
    internal static Task<int> SupersedeOthersAsync(
        Transaction transaction,
        long id,
        string[] keys,
        DateTimeOffset? now
    ) =>
        transaction.ExecuteAsync(
            """
            update glancy.run set superseded_by = @id, due_at = @now
             where id <> @id and finished_at is null and superseded_by is null and keys && @keys
               and not (state in ('Confirmed', 'Running') and (definition ->> 'supersedes')::boolean)
            """,
            new
            {
                id,
                keys,
                now = now?.ToUniversalTime(),
            }
        );
}
