using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// A change of a run, by a worker or on a person's word, written as one row before what follows from it (rule 2).
/// </summary>
/// <param name="Kind">The history line's kind.</param>
/// <param name="DueAt">When the run wants attention next; null: when a person speaks, or never.</param>
public sealed record RunChange(string Kind, RunState From, RunState To, DateTimeOffset? DueAt)
{
    public PauseReason? Pause { get; init; }

    public Refusal? Outcome { get; init; }

    public StepChange? Step { get; init; }

    public bool EffectsEnded { get; init; }

    public bool ReleaseKeys { get; init; }

    public long? SupersededBy { get; init; }

    public string? Anchor { get; init; }

    public IReadOnlyDictionary<string, string>? Detail { get; init; }

    public AuditEntry? Audit { get; init; }

    public IReadOnlyList<NoticeDraft>? Notices { get; init; }

    public Func<Transaction, Task>? Also { get; init; }
}

/// <summary>A step's part of a change; null members stay as they are.</summary>
public sealed record StepChange(
    string Id,
    StepState State,
    int? Attempt = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? DeadlineAt = null,
    DateTimeOffset? FinishedAt = null,
    Refusal? Outcome = null,
    IReadOnlyDictionary<string, string>? Evidence = null
);

/// <summary>
/// Writes changes of runs: run, step, history, notices and audit in one transaction, fenced by the epoch.
/// </summary>
public sealed class RunTransitions(BotDatabase database, AuditLog audit, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Writes a worker's change. Returns the audit head when an event was written.</summary>
    /// <exception cref="ClaimLostException">The run has a higher epoch or another state; nothing was
    /// written.</exception>
    public Task<AuditHead?> WriteAsync(RunClaim claim, RunChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(change);
        return database.InTransactionAsync(
            transaction => WriteAsync(transaction, claim.RunId, claim.Epoch, claim.Owner, change),
            cancellationToken
        );
    }

    /// <summary>Writes within a transaction that already holds the run's row, for a person's word.</summary>
    public async Task<AuditHead?> WriteAsync(
        Transaction transaction,
        long runId,
        long epoch,
        string actor,
        RunChange change
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(change);
        var now = clock.GetUtcNow().ToUniversalTime();
        var ended = change.To >= RunState.Succeeded;
        var written = await RunStore.ChangeAsync(transaction, runId, epoch, change, now);
        if (written.Count != 1)
        {
            throw new ClaimLostException(runId, epoch);
        }

        if (change.ReleaseKeys || ended)
        {
            await RunStore.ReleaseKeysAsync(transaction, runId);
        }

        var line = new RunEvent(
            0,
            now,
            actor,
            change.Kind,
            change.Step?.Id,
            change.Detail ?? new Dictionary<string, string>()
        );
        await RunStore.AddEventAsync(transaction, runId, line, change.Step);
        if (change.From != change.To && change.From is RunState.Draft or RunState.AwaitingSecond or RunState.Paused)
        {
            await NoticeBoard.HandledAsync(transaction, runId);
        }

        foreach (var notice in change.Notices ?? [])
        {
            await notices.PutAsync(transaction, await OnItsOwnCardAsync(transaction, runId, notice));
        }

        if (change.Also is not null)
        {
            await change.Also(transaction);
        }

        // Last, because it holds the chain's lock until the commit.
        return change.Audit is null
            ? null
            : await audit.AppendAsync(
                transaction,
                change.Audit with
                {
                    Incident = change.Audit.Incident ?? written[0],
                }
            );
    }

    // An episode has one card, and it shows the run that is to cure it; a run that another one took over from goes on
    // on a card of its own.
    private static async Task<NoticeDraft> OnItsOwnCardAsync(Transaction transaction, long runId, NoticeDraft notice)
    {
        if (notice.Kind != "card" || !notice.Key.StartsWith("episode:", StringComparison.Ordinal))
        {
            return notice;
        }

        var others = await transaction.QueryAsync<long>(
            "select e.id from glancy.episode e join glancy.run r on r.episode_id = e.id where r.id = @runId and "
                + "e.run_id is distinct from @runId",
            new { runId }
        );
        return others.Count == 0
            ? notice
            : notice with
            {
                Key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run:{runId}"),
            };
    }

    /// <summary>Adds a line to a run's history.</summary>
    public async Task AppendEventAsync(
        Transaction transaction,
        long runId,
        string actor,
        string kind,
        string? step,
        IReadOnlyDictionary<string, string> detail
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var line = new RunEvent(0, clock.GetUtcNow(), actor, kind, step, detail);
        await RunStore.AddEventAsync(transaction, runId, line, step: null);
    }
}
