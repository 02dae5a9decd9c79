using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Draws up runs: checks the arguments, observes, plans and writes the draft. A draft holds no keys and changes nothing.</summary>
public sealed partial class Drafts(
    BotDatabase database,
    Planner planner,
    ControlledState states,
    RunStore runs,
    RunTransitions transitions,
    DraftRows rows,
    DutyRoster roster,
    PlanGuards guards,
    RiskAssessment assessment,
    ProcedureUse use,
    GivenArguments given,
    IWayBack wayBack,
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

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        if (PermissionRule.Of(content, onCall, requester, PermissionNames.ProcedureDraft).Refusal is { } missing)
        {
            return Refuse(missing);
        }

        var (all, none) = given.With(definition, arguments, content);
        if ((none ?? ProcedureArguments.Check(definition, all, content, complete: true)) is { } wrong)
        {
            return Refuse(wrong);
        }

        if (await guards.RefusalAsync(new GuardQuestion(GuardMoment.Draft, definition, all, [requester.Id]), cancellationToken) is { } forbidden)
        {
            return Refuse(forbidden);
        }

        return await WriteAsync(new DraftRequest(definition, all, requester.Id, reason, requester, null, null), cancellationToken);
    }

    /// <summary>Drafts for the bot itself, for an episode (rule 8).</summary>
    /// <param name="beside">A run that has had its effects and did not help; the draft stands beside it until it is confirmed.</param>
    /// <param name="takesOver">Drafts behind which nobody on duty stands; they end in favour of this one.</param>
    public async Task<DraftOutcome> DraftByBotAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        string reason,
        DraftContext context,
        long episode,
        long? beside,
        IReadOnlyList<Run> takesOver,
        CancellationToken cancellationToken)
    {
        var (all, none) = given.With(definition, arguments, runbook.Current);
        return none is not null
            ? Refuse(none)
            : await WriteAsync(new DraftRequest(definition, all, Actor.Bot, reason, null, context, episode) { Beside = beside, TakesOver = takesOver }, cancellationToken);
    }

    /// <summary>Plans again for a run that has not had any effect yet; why not when the plan can not be made now.</summary>
    public Task<(Plan? Plan, Refusal? Refusal)> PlanAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);

        // The terms of an undo are those of the click. One that took two persons when it was shown takes two still, when they have become easier.
        var shown = run.Definition.Risk == Risk.Undo ? run.Plan.Risk : Risk.Read;
        return PlanAsync(run.Definition, run.Arguments, runbook.Current, shown, decided: run.ConfirmedAt is not null && run.Definition.Risk == Risk.Undo, cancellationToken);
    }

    private Task<(Plan? Plan, Refusal? Refusal)> PlanAsync(DraftRequest request, RunbookContent content, CancellationToken cancellationToken) =>
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

        var risk = decided ? atLeast : await assessment.OfAsync(definition, complete, cancellationToken);
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
        return outcome switch
        {
            DraftOutcome.Drafted drafted => drafted.Run,
            DraftOutcome.Waits waits => waits.Run,
            _ => null,
        };
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
            Audit: new AuditEntry(Actor.Bot, "run-superseded", run.Definition.Id, Run: run.Name, After: name, Detail: new Dictionary<string, string> { ["why"] = why.Code }));
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

    private async Task<DraftOutcome> WriteAsync(DraftRequest wanted, CancellationToken cancellationToken)
    {
        var (request, idle) = await LookedAtAsync(Chosen(wanted), cancellationToken);
        if (idle is not null)
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
        var (id, written) = await database.InTransactionAsync(
            async transaction =>
            {
                await DraftRows.HoldAsync(transaction, plan);
                var standing = await DraftRows.StandingAsync(transaction, request, plan, clock.GetUtcNow()) ?? await TakenAsync(transaction, request);
                return standing is { } other
                    ? (other, false)
                    : (await InsertAsync(transaction, request, plan, content, first), true);
            },
            cancellationToken);
        var run = await runs.GetAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Run {id} was just written and is gone.");
        return written || request.Episode is not null ? new DraftOutcome.Drafted(run) : new DraftOutcome.Waits(await AsThingsStandAsync(run, request.Requester, cancellationToken));
    }

    // Where two are needed the requester counts as the first, if on the roster (rule 5).
    private async Task<Confirmation?> FirstAsync(DraftRequest request, Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Risk != Risk.Danger || request.Asker is not { } asker)
        {
            return null;
        }

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var may = Approvals.MayConfirm(asker, request.Definition.Roles, takesTwo: true, onCall, runbook.Current);
        return may.Refusal is null ? new Confirmation(asker.Id, may.Role, clock.GetUtcNow()) : null;
    }

    // What the arguments leave out is not in the run.
    private static DraftRequest Chosen(DraftRequest wanted) =>
        wanted with { Definition = wanted.Definition.For(ProcedureArguments.Complete(wanted.Definition, wanted.Arguments)) };

    private async Task<(DraftRequest Request, Refusal? Refusal)> LookedAtAsync(DraftRequest request, CancellationToken cancellationToken)
    {
        var (until, refusal) = await wayBack.LookAsync(request.Definition, request.Arguments, cancellationToken);
        return (request with { OldKeptUntil = until }, refusal);
    }

    private static DraftOutcome.Refused Refuse(Refusal refusal) => new(refusal);
}
