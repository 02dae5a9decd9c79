using Glancy.Ops.Audit;
using Glancy.Ops.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Policy;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;

namespace Glancy.Ops.Procedures;

/// <summary>Draws up runs: checks the arguments, observes, plans and writes the draft. A draft holds no keys and changes nothing.</summary>
public sealed partial class Drafts(
    BotDatabase database,
    Planner planner,
    ControlledState states,
    RunStore runs,
    RunTransitions transitions,
    NoticeBoard notices,
    AuditLog audit,
    DutyRoster roster,
    Guards guards,
    Risks risks,
    ReleaseTool releases,
    RunbookHolder runbook,
    RunbookVersions versions,
    TimeProvider clock)
{
    /// <summary>How long a draft can be confirmed (rule 8).</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Drafts for a person; where two are needed the requester counts as the first (rule 5).</summary>
    public async Task<DraftOutcome> DraftAsync(
        string procedure, IReadOnlyDictionary<string, string> arguments, Person requester, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requester);
        var content = runbook.Current;
        if (!content.Procedures.TryGetValue(procedure, out var definition))
        {
            return Refuse(new Refusal("unknown-procedure", "", procedure, string.Join(", ", content.Procedures.Keys.Order(StringComparer.Ordinal))));
        }

        if (ProcedureArguments.Check(definition, arguments, content, complete: true) is { } wrong)
        {
            return Refuse(wrong);
        }

        if (await guards.RefusalAsync(definition, [requester.Id], cancellationToken) is { } forbidden)
        {
            return Refuse(forbidden);
        }

        return await WriteAsync(new Request(definition, arguments, requester.Id, reason, requester, null, null), cancellationToken);
    }

    /// <summary>Drafts for the bot itself, for an episode (rule 8).</summary>
    /// <param name="beside">A run that has had its effects and did not help; the draft stands beside it until it is confirmed.</param>
    public Task<DraftOutcome> DraftByBotAsync(
        Procedure definition, IReadOnlyDictionary<string, string> arguments, string reason, DraftContext context, long episode, long? beside, CancellationToken cancellationToken) =>
        WriteAsync(new Request(definition, arguments, Run.Bot, reason, null, context, episode) { Beside = beside }, cancellationToken);

    /// <summary>Plans again for a run that has not had any effect yet; why not when the plan can not be made now.</summary>
    public Task<(Plan? Plan, Refusal? Refusal)> PlanAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);

        // The terms of an undo are those of the click. One that took two persons when it was shown takes two still, when they have become easier.
        var shown = run.Definition.Risk == Risk.Undo ? run.Plan.Risk : Risk.Read;
        return PlanAsync(run.Definition, run.Arguments, runbook.Current, shown, decided: run.ConfirmedAt is not null && run.Definition.Risk == Risk.Undo, cancellationToken);
    }

    private Task<(Plan? Plan, Refusal? Refusal)> PlanAsync(Request request, RunbookContent content, CancellationToken cancellationToken) =>
        PlanAsync(request.Definition, request.Arguments, content, Risk.Read, decided: false, cancellationToken);

    private async Task<(Plan? Plan, Refusal? Refusal)> PlanAsync(
        Procedure definition, IReadOnlyDictionary<string, string> arguments, RunbookContent content, Risk atLeast, bool decided, CancellationToken cancellationToken)
    {
        var complete = ProcedureArguments.Complete(definition, arguments);
        var wanted = planner.StatesToObserve(definition, complete, content);
        var observed = wanted.Count == 0
            ? new StatesObserved(new Dictionary<string, string>(), null)
            : await states.ReadAsync(wanted, cancellationToken);
        if ((observed.Unknown ?? planner.NotOurs(definition, complete, observed.Values, content)) is { } refusal)
        {
            return (null, refusal);
        }

        var risk = decided ? atLeast : await risks.OfAsync(definition, complete, cancellationToken);
        return (planner.Make(definition, complete, observed.Values, content, risk > atLeast ? risk : atLeast), null);
    }

    /// <summary>Ends a run whose world has moved before its first effect, and puts a new draft in its place where one can be made.</summary>
    public async Task<Run?> SupersedeAsync(RunClaim claim, Run run, Refusal why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var fresh = await RedraftAsync(run, cancellationToken);
        await transitions.WriteAsync(claim, Superseded(run, why, fresh), cancellationToken);
        return fresh;
    }

    /// <summary>A new draft of the same thing, as things stand now; null when it cannot be made.</summary>
    public async Task<Run?> RedraftAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var outcome = Again(run) is { } request ? await WriteAsync(request, cancellationToken) : null;
        return outcome is DraftOutcome.Drafted drafted ? drafted.Run : null;
    }

    /// <inheritdoc cref="Superseded(Run, Refusal, long?)"/>
    public static RunChange Superseded(Run run, Refusal why, Run? fresh) => Superseded(run, why, fresh?.Id);

    /// <summary>The change that ends a run in favour of a newer draft.</summary>
    private static RunChange Superseded(Run run, Refusal why, long? fresh)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(why);
        var name = fresh is { } id ? "R-" + id.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new RunChange(
            "run-superseded",
            run.State,
            RunState.Superseded,
            null,
            Outcome: why,
            SupersededBy: fresh,
            Detail: new Dictionary<string, string> { ["why"] = why.Code, ["new"] = name ?? "" },
            Notices: SupersededNotices(run, why, fresh),
            Audit: new AuditEntry(Run.Bot, "run-superseded", run.Definition.Id, Run: run.Name, After: name, Detail: new Dictionary<string, string> { ["why"] = why.Code }));
    }

    // An episode has one card, and a new draft has taken it over by now.
    private static IReadOnlyList<NoticeDraft> SupersededNotices(Run run, Refusal why, long? fresh)
    {
        var ended = RunNotices.Ended(run, RunState.Superseded, why);
        if (fresh is null)
        {
            return ended;
        }

        return [.. ended.Where(n => n.Kind == "card" ? run.EpisodeId is null : run.ConfirmedAt is not null)];
    }

    private async Task<DraftOutcome> WriteAsync(Request wanted, CancellationToken cancellationToken)
    {
        var request = Chosen(wanted);
        if (await RefusalAsync(request, cancellationToken) is { } idle)
        {
            return Refuse(idle);
        }

        // One version from the plan to the row, whatever comes into force in between.
        var content = runbook.Current;
        var (plan, refusal) = await PlanAsync(request, content, cancellationToken);
        if (plan is null)
        {
            return Refuse(refusal ?? new Refusal("unparsable-output", "§2.3", request.Definition.Id));
        }

        var first = await FirstAsync(request, plan, cancellationToken);
        var id = await database.InTransactionAsync(
            async transaction => await StandingAsync(transaction, request, plan) ?? await InsertAsync(transaction, request, plan, content, first), cancellationToken);
        var run = await runs.GetAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Run {id} was just written and is gone.");
        return new DraftOutcome.Drafted(run);
    }

    // Where two are needed the requester counts as the first, if on the roster (rule 5).
    private async Task<Confirmation?> FirstAsync(Request request, Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Risk != Risk.Danger || request.Asker is not { } asker)
        {
            return null;
        }

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        return Entitlement.OnRoster(asker, onCall)
            ? new Confirmation(asker.Id, Entitlement.RoleFor(asker, request.Definition.Roles, onCall, runbook.Current.Roles), clock.GetUtcNow())
            : null;
    }

    // Two replicas may see the same red light at once, or two lights of one train: the bot has one open rollback per train.
    // The advisory lock ends with the transaction; a row could not be locked, because there may be none yet.
    private static async Task<long?> StandingAsync(Transaction transaction, Request request, Plan plan)
    {
        if (request.Episode is null)
        {
            return null;
        }

        foreach (var key in plan.Keys)
        {
            await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('glancy draft ' || @key, 0))", new { key });
        }

        var standing = await transaction.QueryAsync<long>(
            """
            select id from glancy.run
             where finished_at is null and keys && @keys and (definition ->> 'supersedes')::boolean and id is distinct from @Replaces and id is distinct from @Beside
             order by id limit 1
            """,
            new { keys = plan.Keys.ToArray(), request.Replaces, request.Beside });
        return standing.Count == 0 ? null : standing[0];
    }

    // What the arguments leave out is not in the run.
    private static Request Chosen(Request wanted) =>
        wanted with { Definition = wanted.Definition.For(ProcedureArguments.Complete(wanted.Definition, wanted.Arguments)) };

    private async Task<Refusal?> RefusalAsync(Request request, CancellationToken cancellationToken) =>
        request.Definition.Supersedes && request.Arguments.TryGetValue("batch", out var batch) ? await NotRollingOutAsync(batch, cancellationToken) : null;

    // A rollback is of the batch that is rolling out, or whose old version is still kept.
    private async Task<Refusal?> NotRollingOutAsync(string batch, CancellationToken cancellationToken)
    {
        var (status, unknown) = await releases.StatusAsync(cancellationToken);
        if (status is null)
        {
            return unknown;
        }

        var current = string.Equals(status.Batch, batch, StringComparison.OrdinalIgnoreCase) && status.CanGoBack(clock.GetUtcNow());
        return current ? null : new Refusal("batch-not-active", "§4.1", batch, status.Batch ?? "-", status.State);
    }

    private async Task<long> InsertAsync(Transaction transaction, Request request, Plan plan, RunbookContent content, Confirmation? first)
    {
        var (definition, _, requester, reason, _, context, episode) = request;
        var now = clock.GetUtcNow();
        var state = first is null ? RunState.Draft : RunState.AwaitingSecond;
        var expires = now + Lifetime;
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash, keys, state, requested_by, reason, context, episode_id, created_at, expires_at, due_at)
            values (@definition, @version, @arguments, @plan, @hash, @keys, @state, @requester, @reason, @context, @episode, @now, @expires, @expires)
            returning id
            """,
            new
            {
                definition = Jsonb.Of(definition),
                version = content.Version,
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
            });
        var id = ids[0];
        for (var ordinal = 0; ordinal < definition.Steps.Count; ordinal++)
        {
            await transaction.ExecuteAsync(
                "insert into glancy.run_step (run_id, ordinal, id, state) values (@id, @ordinal, @step, 'Pending')",
                new { id, ordinal, step = definition.Steps[ordinal].Id });
        }

        if (first is not null)
        {
            await transaction.ExecuteAsync(
                "insert into glancy.confirmation (run_id, person, role, at) values (@id, @Person, @Role, @at)",
                new { id, first.Person, first.Role, at = now.ToUniversalTime() });
        }

        if (episode is not null)
        {
            await transaction.ExecuteAsync("update glancy.episode set run_id = @id where id = @episode", new { id, episode });
        }

        await transitions.AppendEventAsync(transaction, id, requester, "run-drafted", null, new Dictionary<string, string> { ["plan"] = plan.Code });
        var name = "R-" + id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await notices.PutAsync(transaction, DraftCard(id, name, definition, plan, state, episode));
        await audit.AppendAsync(
            transaction,
            new AuditEntry(
                requester,
                "run-draft",
                definition.Id,
                first?.Role,
                Run: name,
                Detail: new Dictionary<string, string> { ["plan"] = plan.Hash, ["reason"] = reason, ["arguments"] = string.Join(", ", plan.Arguments.Select(a => $"{a.Key}={a.Value}")), ["runbook"] = content.Version }));
        return id;
    }

    private static NoticeDraft DraftCard(long id, string name, Procedure definition, Plan plan, RunState state, long? episode) => new(
        episode is { } e ? $"episode:{e}" : $"run:{id}",
        "card",
        "card-draft",
        new Dictionary<string, string>
        {
            ["run"] = name,
            ["state"] = state.ToString(),
            ["title_zh"] = Placeholders.Fill(definition.Title.Zh, plan.Arguments),
            ["title_en"] = Placeholders.Fill(definition.Title.En, plan.Arguments),
            ["code"] = plan.Code,
        },
        id);

    private static DraftOutcome.Refused Refuse(Refusal refusal) => new(refusal);

    /// <summary>What is to be drafted.</summary>
    /// <param name="Asker">The person whose asking counts as the first confirmation; null when none does.</param>
    private sealed record Request(
        Procedure Definition,
        IReadOnlyDictionary<string, string> Arguments,
        string Requester,
        string Reason,
        Person? Asker,
        DraftContext? Context,
        long? Episode)
    {
        /// <summary>The run in whose place the draft stands.</summary>
        public long? Replaces { get; init; }

        /// <summary>A run that has had its effects, beside which it stands.</summary>
        public long? Beside { get; init; }
    }
}
