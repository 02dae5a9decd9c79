using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Draws up runs: checks the arguments, observes, plans and writes the draft. A draft holds no keys and changes
/// nothing.
/// </summary>
public sealed partial class Drafts(
    BotDatabase database,
    DraftRequests requests,
    RunPlanner planner,
    PlanCheck check,
    RunStore runs,
    RunTransitions transitions,
    DraftRows rows,
    TimeProvider clock
)
{
    /// <summary>How long a draft can be confirmed (rule 8).</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Drafts for a person; where two are needed the requester counts as the first (rule 5).</summary>
    public async Task<DraftOutcome> DraftAsync(
        string procedure,
        IReadOnlyDictionary<string, string> arguments,
        Person requester,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(requester);
        var asked = await requests.AskedAsync(procedure, arguments, requester, reason, cancellationToken);
        return asked.Has(out var request, out var refusal)
            ? await WriteAsync(request, cancellationToken)
            : Refuse(refusal);
    }

    /// <summary>Drafts for the bot itself, for an episode (rule 8).</summary>
    /// <param name="beside">A run that has had its effects and did not help; the draft stands beside it until it is
    /// confirmed.</param>
    /// <param name="takesOver">Drafts behind which nobody on duty stands; they end in favour of this one.</param>
    public async Task<DraftOutcome> DraftByBotAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        string reason,
        DraftContext context,
        long episode,
        long? beside,
        IReadOnlyList<Run> takesOver,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!requests.Given(definition, arguments).Has(out var all, out var none))
        {
            return Refuse(none);
        }

        var request = new DraftRequest(definition, all, Actor.Bot, reason, null, context, episode)
        {
            Beside = beside,
            TakesOver = takesOver,
        };
        return await WriteAsync(request, cancellationToken);
    }

    /// <summary>
    /// Ends a run whose world has moved before its first effect, and puts a new draft in its place where one can be
    /// made.
    /// </summary>
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
        var outcome = requests.Again(run) is { } request ? await WriteAsync(request, cancellationToken) : null;
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
        return new RunChange("run-superseded", run.State, RunState.Superseded, null)
        {
            Outcome = why,
            SupersededBy = fresh,
            Detail = new Dictionary<string, string> { ["why"] = why.Code, ["new"] = name ?? "" },
            Notices = SupersededNotices(run, why, fresh),
            Audit = new AuditEntry(Actor.Bot, "run-superseded", run.Definition.Id)
            {
                Run = run.Name,
                After = name,
                Detail = new Dictionary<string, string> { ["why"] = why.Code },
            },
        };
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
        if (!(await requests.LookedAtAsync(wanted, cancellationToken)).Has(out var request, out var idle))
        {
            return Refuse(idle);
        }

        var (planned, content) = await planner.PlanAsync(request, cancellationToken);
        if (!planned.Has(out var plan, out var unplanned))
        {
            return Refuse(unplanned);
        }

        var first = await requests.FirstAsync(request, plan, cancellationToken);
        var (id, written) = await database.InTransactionAsync(
            async transaction =>
            {
                await DraftRows.HoldAsync(transaction, plan);
                var standing =
                    await DraftRows.StandingAsync(transaction, request, plan, clock.GetUtcNow())
                    ?? await TakenAsync(transaction, request);
                return standing is { } other
                    ? (other, false)
                    : (await InsertAsync(transaction, request, plan, content, first), true);
            },
            cancellationToken
        );
        var run =
            await runs.GetAsync(id, cancellationToken)
            ?? throw new InvalidOperationException($"Run {id} was just written and is gone.");
        return written || request.Episode is not null
            ? new DraftOutcome.Drafted(run)
            : new DraftOutcome.Waits(await AsThingsStandAsync(run, request.Requester, cancellationToken));
    }

    private static DraftOutcome.Refused Refuse(Refusal refusal) => new(refusal);
}
