using System.Text.Json;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Runs as they are stored: everything that is read of them, and every statement that writes them and what hangs on
/// them.
/// </summary>
public sealed partial class RunStore(BotDatabase database)
{
    /// <summary>One run; null when there is none of that number.</summary>
    public async Task<Run?> GetAsync(long id, CancellationToken cancellationToken)
    {
        var runs = await ReadAsync("where r.id = @id", new { id, limit = 1 }, cancellationToken);
        return runs.Count == 0 ? null : runs[0];
    }

    /// <summary>All that have not ended, newest first.</summary>
    public Task<IReadOnlyList<Run>> OpenAsync(CancellationToken cancellationToken) =>
        ListAsync(openOnly: true, int.MaxValue, cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="openOnly">Only runs that have not ended.</param>
    public Task<IReadOnlyList<Run>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken) =>
        ReadAsync("where (not @openOnly or r.finished_at is null)", new { openOnly, limit }, cancellationToken);

    /// <summary>Runs that have not ended and want any of these lock keys, newest first.</summary>
    public Task<IReadOnlyList<Run>> WithKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        ReadAsync(
            "where r.finished_at is null and r.keys && @keys",
            new { keys = keys.ToArray(), limit = 100 },
            cancellationToken
        );

    /// <summary>
    /// The run that stands in the place of one that has not succeeded: what superseded it, what its episode is tied to
    /// by now, or an open draft of the same thing. Null when none does.
    /// </summary>
    public async Task<Run?> SuccessorAsync(Run ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        if (ended is not { Ended: true, State: not RunState.Succeeded })
        {
            return null;
        }

        // One may have been superseded in turn; what is left in the end counts, and only while it is open or has done
        // something.
        var found = await database.QueryAsync<long>(
            """
            with recursive later (id) as (
              values (@Id::bigint)
              union
              select next.id from later
                join glancy.run r on r.id = later.id
                left join glancy.episode e on e.id = r.episode_id and e.ended_at is null
                join glancy.run next on next.id > r.id and (next.id = r.superseded_by or next.id = e.run_id
                  or (next.finished_at is null and next.definition ->> 'id' = r.definition ->> 'id'
                    and next.arguments - 'reason' = r.arguments - 'reason')))
            select later.id from later join glancy.run r on r.id = later.id
             where later.id <> @Id and (r.finished_at is null or r.state = 'Succeeded') order by later.id desc limit 1
            """,
            new { ended.Id },
            cancellationToken
        );
        return found is [var id] ? await GetAsync(id, cancellationToken) : null;
    }

    /// <summary>A run's history after the given line, oldest first.</summary>
    public async Task<IReadOnlyList<RunEvent>> EventsAsync(long id, long afterSeq, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<EventRow>(
            "select seq, at, actor, kind, step, detail::text as detail from glancy.run_event where run_id = @id and "
                + "seq > @afterSeq order by seq",
            new { id, afterSeq },
            cancellationToken
        );
        return
        [
            .. rows.Select(r => new RunEvent(
                r.Seq,
                r.At,
                r.Actor,
                r.Kind,
                r.Step,
                Parse<Dictionary<string, string>>(r.Detail) ?? []
            )),
        ];
    }

    /// <summary>Who holds a lock key; null when it is free.</summary>
    public async Task<long?> HolderAsync(
        IReadOnlyList<string> keys,
        long exceptRun,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<long>(
            "select run_id from glancy.lock_key where key = any(@keys) and run_id <> @exceptRun order by key limit 1",
            new { keys = keys.ToArray(), exceptRun },
            cancellationToken
        );
        return rows.Count == 0 ? null : rows[0];
    }

    private static T? Parse<T>(string? json) =>
        json is null ? default : JsonSerializer.Deserialize<T>(json, BotDatabase.Json);

    private async Task<IReadOnlyList<Run>> ReadAsync(
        string where,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<RunRow>(
            $"""
            select r.id, r.definition::text as definition, r.runbook_version, r.arguments::text as arguments,
              r.plan::text as plan, r.state, r.pause,
                   r.requested_by, r.reason, r.context::text as context, r.episode_id, r.created_at, r.expires_at,
                     r.confirmed_at, r.effects_ended_at,
                   r.finished_at, r.outcome::text as outcome, r.abort_requested_by, r.superseded_by, r.anchor, r.epoch,
                     r.old_kept_until,
                   (select coalesce(json_agg(json_build_object('ordinal', s.ordinal, 'id', s.id, 'state', s.state,
                     'attempt', s.attempt,
                       'startedAt', s.started_at, 'deadlineAt', s.deadline_at, 'finishedAt', s.finished_at, 'outcome',
                         s.outcome, 'evidence', s.evidence)
                       order by s.ordinal), '[]') from glancy.run_step s where s.run_id = r.id)::text as steps,
                   (select coalesce(json_agg(json_build_object('person', c.person, 'role', c.role, 'at', c.at)
                     order by c.at, c.person), '[]')
                       from glancy.confirmation c where c.run_id = r.id)::text as confirmations,
                   (select {BreakGlassUse.AsJson} from glancy.break_glass b where b.run_id = r.id)::text as break_glass
              from glancy.run r {where} order by r.id desc limit @limit
            """,
            parameters,
            cancellationToken
        );
        return [.. rows.Select(ToRun)];
    }

    private static Run ToRun(RunRow row) =>
        new()
        {
            Id = row.Id,
            Definition = Required<Procedure>(row.Definition),
            RunbookVersion = row.Runbook_Version,
            Arguments = Required<Dictionary<string, string>>(row.Arguments),
            Plan = Required<Plan>(row.Plan),
            State = Enum.Parse<RunState>(row.State),
            Pause = row.Pause is null ? null : Enum.Parse<PauseReason>(row.Pause),
            RequestedBy = row.Requested_By,
            Reason = row.Reason,
            Context = Parse<DraftContext>(row.Context),
            EpisodeId = row.Episode_Id,
            CreatedAt = row.Created_At,
            ExpiresAt = row.Expires_At,
            ConfirmedAt = row.Confirmed_At,
            EffectsEndedAt = row.Effects_Ended_At,
            FinishedAt = row.Finished_At,
            Outcome = Parse<Refusal>(row.Outcome),
            AbortRequestedBy = row.Abort_Requested_By,
            SupersededBy = row.Superseded_By,
            Anchor = row.Anchor,
            Epoch = row.Epoch,
            Steps = Required<List<RunStep>>(row.Steps),
            Confirmations = Required<List<Confirmation>>(row.Confirmations),
            BreakGlass = Parse<BreakGlassUse>(row.Break_Glass),
            OldKeptUntil = row.Old_Kept_Until,
        };

    private static T Required<T>(string json) =>
        Parse<T>(json) ?? throw new InvalidDataException($"A stored {typeof(T).Name} is empty.");

    private sealed record RunRow
    {
        public long Id { get; init; }

        public string Definition { get; init; } = "";

        public string Runbook_Version { get; init; } = "";

        public string Arguments { get; init; } = "";

        public string Plan { get; init; } = "";

        public string State { get; init; } = "";

        public string? Pause { get; init; }

        public string Requested_By { get; init; } = "";

        public string Reason { get; init; } = "";

        public string? Context { get; init; }

        public long? Episode_Id { get; init; }

        public DateTimeOffset Created_At { get; init; }

        public DateTimeOffset Expires_At { get; init; }

        public DateTimeOffset? Old_Kept_Until { get; init; }

        public DateTimeOffset? Confirmed_At { get; init; }

        public DateTimeOffset? Effects_Ended_At { get; init; }

        public DateTimeOffset? Finished_At { get; init; }

        public string? Outcome { get; init; }

        public string? Abort_Requested_By { get; init; }

        public long? Superseded_By { get; init; }

        public string? Anchor { get; init; }

        public long Epoch { get; init; }

        public string Steps { get; init; } = "";

        public string Confirmations { get; init; } = "";

        public string? Break_Glass { get; init; }
    }

    private sealed record EventRow
    {
        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Kind { get; init; } = "";

        public string? Step { get; init; }

        public string? Detail { get; init; }
    }
}
