using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>A change of a run, by a worker or on a person's word, written as one row before what follows from it (rule 2).</summary>
/// <param name="Kind">The history line's kind.</param>
/// <param name="DueAt">When the run wants attention next; null: when a person speaks, or never.</param>
public sealed record RunChange(
    string Kind,
    RunState From,
    RunState To,
    DateTimeOffset? DueAt,
    PauseReason? Pause = null,
    Refusal? Outcome = null,
    StepChange? Step = null,
    bool EffectsEnded = false,
    bool ReleaseKeys = false,
    long? SupersededBy = null,
    string? Anchor = null,
    IReadOnlyDictionary<string, string>? Detail = null,
    AuditEntry? Audit = null,
    IReadOnlyList<NoticeDraft>? Notices = null,
    Func<Transaction, Task>? Also = null);

/// <summary>A step's part of a change; null members stay as they are.</summary>
public sealed record StepChange(
    string Id,
    StepState State,
    int? Attempt = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? DeadlineAt = null,
    DateTimeOffset? FinishedAt = null,
    Refusal? Outcome = null,
    IReadOnlyDictionary<string, string>? Evidence = null);

/// <summary>Writes changes of runs: run, step, history, notices and audit in one transaction, fenced by the epoch.</summary>
public sealed class RunTransitions(BotDatabase database, AuditLog audit, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Writes a worker's change. Returns the audit head when an event was written.</summary>
    /// <exception cref="ClaimLostException">The run has a higher epoch or another state; nothing was written.</exception>
    public Task<AuditHead?> WriteAsync(RunClaim claim, RunChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(change);
        return database.InTransactionAsync(transaction => WriteAsync(transaction, claim.RunId, claim.Epoch, claim.Owner, change), cancellationToken);
    }

    /// <summary>Writes within a transaction that already holds the run's row, for a person's word.</summary>
    public async Task<AuditHead?> WriteAsync(Transaction transaction, long runId, long epoch, string actor, RunChange change)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(change);
        var now = clock.GetUtcNow().ToUniversalTime();
        var ended = change.To >= RunState.Succeeded;
        var written = await transaction.QueryAsync<string?>(
            """
            update glancy.run set state = @to, pause = @pause,
                   -- A person's abort or a newer run's claim may have come in since; it must not be put off.
                   due_at = case when not @ended and (abort_requested_by is not null or superseded_by is not null) then @now else @due end,
                   outcome = case when @setOutcome then @outcome else outcome end,
                   effects_ended_at = case when @effectsEnded then coalesce(effects_ended_at, @now) else effects_ended_at end,
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
                ended,
                now,
                supersededBy = change.SupersededBy,
                anchor = change.Anchor,
            });
        if (written.Count != 1)
        {
            throw new ClaimLostException(runId, epoch);
        }

        if (change.Step is { } step)
        {
            await WriteStepAsync(transaction, runId, step);
        }

        if (change.ReleaseKeys || ended)
        {
            await transaction.ExecuteAsync("delete from glancy.lock_key where run_id = @runId", new { runId });
        }

        await AppendEventAsync(transaction, runId, actor, change.Kind, change.Step?.Id, change.Detail ?? new Dictionary<string, string>());
        foreach (var notice in change.Notices ?? [])
        {
            await notices.PutAsync(transaction, await OnItsOwnCardAsync(transaction, runId, notice));
        }

        if (change.Also is not null)
        {
            await change.Also(transaction);
        }

        // Last, because it holds the chain's lock until the commit.
        return change.Audit is null ? null : await audit.AppendAsync(transaction, change.Audit with { Incident = change.Audit.Incident ?? written[0] });
    }

    // An episode has one card, and it shows the run that is to cure it; a run that another one took over from goes on on a card of its own.
    private static async Task<NoticeDraft> OnItsOwnCardAsync(Transaction transaction, long runId, NoticeDraft notice)
    {
        if (notice.Kind != "card" || !notice.Key.StartsWith("episode:", StringComparison.Ordinal))
        {
            return notice;
        }

        var others = await transaction.QueryAsync<long>(
            "select e.id from glancy.episode e join glancy.run r on r.episode_id = e.id where r.id = @runId and e.run_id is distinct from @runId", new { runId });
        return others.Count == 0 ? notice : notice with { Key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run:{runId}") };
    }

    /// <summary>Adds a line to a run's history.</summary>
    public async Task AppendEventAsync(
        Transaction transaction, long runId, string actor, string kind, string? step, IReadOnlyDictionary<string, string> detail)
    {
        ArgumentNullException.ThrowIfNull(transaction);

        // The caller holds the run's row, so the numbering has no rival.
        await transaction.ExecuteAsync(
            """
            insert into glancy.run_event (run_id, seq, at, actor, kind, step, detail)
            select @runId, coalesce(max(seq), 0) + 1, @at, @actor, @kind, @step, @detail from glancy.run_event where run_id = @runId
            """,
            new { runId, at = clock.GetUtcNow().ToUniversalTime(), actor, kind, step, detail = Jsonb.Of(detail) });
    }

    private static Task<int> WriteStepAsync(Transaction transaction, long runId, StepChange step) => transaction.ExecuteAsync(
        """
        update glancy.run_step set state = @State, attempt = coalesce(@Attempt, attempt),
               started_at = coalesce(@started, started_at), deadline_at = coalesce(@deadline, deadline_at), finished_at = @finished,
               outcome = @outcome, evidence = evidence || @evidence
         where run_id = @runId and id = @Id
        """,
        new
        {
            runId,
            step.Id,
            State = step.State.ToString(),
            step.Attempt,
            started = step.StartedAt?.ToUniversalTime(),
            deadline = step.DeadlineAt?.ToUniversalTime(),
            finished = step.FinishedAt?.ToUniversalTime(),
            outcome = Jsonb.OfNullable(step.Outcome),
            evidence = Jsonb.Of(step.Evidence ?? new Dictionary<string, string>()),
        });
}
