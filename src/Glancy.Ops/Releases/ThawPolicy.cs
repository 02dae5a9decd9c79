using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Releases;

/// <summary>How far a freeze is from being lifted.</summary>
/// <param name="AfterRollback">A rollback happened under it: the hooks have to be steady first.</param>
/// <param name="SteadySince">Since when every hook is green or explained, counted from the rollback's last effect at
/// the earliest; null where nothing of the kind is asked.</param>
/// <param name="PossibleFrom">When that is long enough, should nothing turn bad; null where nothing of the kind is
/// asked.</param>
/// <param name="Bad">Hooks that stand in the way now.</param>
public sealed record ThawTerms(
    bool AfterRollback,
    DateTimeOffset? SteadySince,
    DateTimeOffset? PossibleFrom,
    IReadOnlyList<HookReading> Bad,
    DateTimeOffset LookedAt
);

/// <summary>
/// Whether the train may be thawed, and by whom (rule 6). After a rollback every hook has to be green or explained for
/// half an hour; red and unknown begin it anew. Without one, who set the freeze or the RM lifts it, the Primary once
/// the hook has recovered.
/// </summary>
public sealed class ThawPolicy(
    BotDatabase database,
    FreezeStore freezes,
    HookSnapshots hooks,
    EpisodeStore episodes,
    DutyRoster roster,
    RunbookHolder runbook
)
{
    /// <summary>The runbook's procedure that thaws.</summary>
    public const string Procedure = "thaw";

    private static readonly string[] ReleaseManager = ["release-manager"];

    /// <summary>The freeze, null where there is none; or why it may not be lifted by these persons.</summary>
    /// <param name="persons">Those who stand behind it; one who may is enough.</param>
    public async Task<Result<FreezeLooked?>> LookAsync(
        IReadOnlyList<string> persons,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(persons);
        if (await freezes.GetAsync(cancellationToken) is not { } freeze)
        {
            return default(FreezeLooked);
        }

        var terms = await TermsAsync(freeze, decision, cancellationToken);
        return (Standing(terms) ?? await NotRecoveredAsync(freeze, terms, persons, cancellationToken)) is { } refusal
            ? refusal
            : new FreezeLooked(freeze, terms.LookedAt);
    }

    /// <summary>How far this freeze is from being lifted.</summary>
    public async Task<ThawTerms> TermsAsync(Freeze freeze, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(freeze);
        var snapshot = await hooks.OfAsync(decision, cancellationToken);
        var unsafeNow = snapshot.Hooks.Where(h => h.RiskForbidden).ToList();
        var (happened, from) = await RollbackEndedAsync(freeze, cancellationToken);
        if (!happened)
        {
            return new ThawTerms(false, null, null, unsafeNow, snapshot.At);
        }

        var notGood = snapshot.Hooks.Where(h => !h.Good).ToList();
        var since =
            from is null || notGood.Count > 0
                ? snapshot.At
                : await SteadySinceAsync(from.Value, snapshot, cancellationToken);
        return new ThawTerms(true, since, since + runbook.Current.Ladder.ThawAfter, notGood, snapshot.At);
    }

    private Refusal? Standing(ThawTerms terms) =>
        terms switch
        {
            { Bad.Count: > 0 } => new Refusal(
                "lights-forbid",
                "§4.4",
                string.Join(", ", terms.Bad.Select(h => $"{h.Hook.Id} {h.Light}"))
            ),
            { PossibleFrom: { } from, SteadySince: { } since } when terms.LookedAt < from => new Refusal(
                "not-steady",
                "§4.4",
                Minutes(runbook.Current.Ladder.ThawAfter),
                since.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                from.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ => null,
        };

    // The Primary waits for the hook; who set the freeze and the RM need not.
    private async Task<Refusal?> NotRecoveredAsync(
        Freeze freeze,
        ThawTerms terms,
        IReadOnlyList<string> persons,
        CancellationToken cancellationToken
    )
    {
        var onCall = await roster.HoldersAsync(terms.LookedAt, cancellationToken);
        var managers = ReleaseManager.SelectMany(role => onCall.Holders.GetValueOrDefault(role, [])).Select(p => p.Id);
        if (terms.AfterRollback || persons.Contains(freeze.By) || managers.Any(persons.Contains))
        {
            return null;
        }

        var open = await episodes.OpenAsync(cancellationToken);
        return open.Count == 0
            ? null
            : new Refusal("not-recovered", "§4.4", string.Join(", ", open.Select(e => e.Hook)), freeze.By);
    }

    // A rollback that has not come to its last effect yet has not begun to be steady.
    private async Task<(bool Happened, DateTimeOffset? Ended)> RollbackEndedAsync(
        Freeze freeze,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.QueryAsync<RollbackRow>(
            """
            select count(*) as runs, bool_or(coalesce(effects_ended_at, finished_at) is null) as under_way,
              max(coalesce(effects_ended_at, finished_at)) as ended
              from glancy.run r
             where (definition ->> 'supersedes')::boolean and confirmed_at is not null
               and (finished_at is null or finished_at >= @since)
               and exists (select 1 from glancy.run_step s where s.run_id = r.id and s.attempt > 0)
            """,
            new { since = freeze.Since.ToUniversalTime() },
            cancellationToken
        );
        return (rows[0].Runs > 0, rows[0].Under_Way == true ? null : rows[0].Ended);
    }

    // Adjacent windows from the metrics leave no gap; what the watcher saw in between is denser. Either can begin the
    // time anew.
    private async Task<DateTimeOffset> SteadySinceAsync(
        DateTimeOffset from,
        HookSnapshot snapshot,
        CancellationToken cancellationToken
    )
    {
        var now = snapshot.At;
        var begin = now - runbook.Current.Ladder.ThawAfter is var half && half > from ? half : from;
        string[] all = [.. snapshot.Hooks.Select(h => h.Hook.Id)];
        var seen = await database.QueryAsync<SeenRow>(
            """
            select at from glancy.hook_snapshot
             where at > @begin and at <= @now
               and exists (select 1 from jsonb_array_elements(readings) h where h ->> 'light' <> 'Green'
                 and h ->> 'explainedBy' is null)
             order by at desc limit 1
            """,
            new { begin = begin.ToUniversalTime(), now = now.ToUniversalTime() },
            cancellationToken
        );
        var since = seen.Count == 0 ? from : seen[0].At;
        for (var at = now - Recovery.Window; at > since && at > begin; at -= Recovery.Window)
        {
            if ((await hooks.BeforeAsync(snapshot, all, at, cancellationToken)).Any(h => !h.Good))
            {
                return at;
            }
        }

        return since;
    }

    private static string Minutes(TimeSpan span) =>
        ((int)span.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record SeenRow
    {
        public DateTimeOffset At { get; init; }
    }

    private sealed record RollbackRow
    {
        public long Runs { get; init; }

        public bool? Under_Way { get; init; }

        public DateTimeOffset? Ended { get; init; }
    }
}

/// <summary>A freeze, and when the hooks were looked at that let it go.</summary>
public sealed record FreezeLooked(Freeze Freeze, DateTimeOffset At);
