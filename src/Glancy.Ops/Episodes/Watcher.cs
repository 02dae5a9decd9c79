using Glancy.Ops.Audit;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Database;
using Glancy.Ops.Hooks;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Episodes;

/// <summary>
/// Looks at the hooks and acts on red by itself as far as it may: an episode, a freeze, a draft (rules 6 and 8, §4.4 steps 1 and 2).
/// It never has an effect on production. Looking twice, or in two replicas at once, changes nothing more.
/// </summary>
public sealed partial class Watcher(
    BotDatabase database,
    HookSnapshots snapshots,
    EpisodeStore episodes,
    Recovery recovery,
    Drafts drafts,
    RunStore runs,
    ReleaseTool releases,
    ProductDatabase product,
    NoticeBoard notices,
    AuditLog audit,
    RunbookHolder runbook,
    TimeProvider clock,
    ILogger<Watcher> logger)
{
    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(cancellationToken);
        foreach (var reading in snapshot.Hooks.Where(h => h.RedUnexplained && h.Hook.DraftsRollback))
        {
            await BeginAsync(reading, snapshot.At, cancellationToken);
        }

        foreach (var episode in await episodes.OpenAsync(cancellationToken))
        {
            var reading = snapshot.Find(episode.Hook);
            if (reading is null)
            {
                continue;
            }

            if (await recovery.HoldsAsync([episode.Hook], snapshot, episode.FirstRedAt, cancellationToken))
            {
                await EndAsync(episode, snapshot.At, cancellationToken);
                continue;
            }

            await episodes.SeenAsync(episode.Id, reading.Light, snapshot.At, cancellationToken);
            if (reading.RedUnexplained)
            {
                await EnsureFreezeAsync(episode, snapshot.At, cancellationToken);
                await EnsureDraftAsync(episode, reading, snapshot, cancellationToken);
            }
        }
    }

    private async Task BeginAsync(HookReading reading, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var hook = reading.Hook.Id;
        await database.InTransactionAsync(
            async transaction =>
            {
                if (await EpisodeStore.BeginAsync(transaction, hook, at) is not { } id)
                {
                    return;
                }

                var froze = await FreezeStore.SetAsync(transaction, new Freeze(at, Run.Bot, hook, null));
                if (froze)
                {
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft($"episode:{id}:freeze", "post", "freeze", new Dictionary<string, string> { ["hook"] = hook, ["value"] = Value(reading), ["limit"] = Limit(reading) }));
                }

                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(Run.Bot, "episode-begin", hook, After: froze ? "frozen" : null, Detail: new Dictionary<string, string> { ["value"] = Value(reading), ["limit"] = Limit(reading) }));
            },
            cancellationToken);
    }

    // A freeze lifted while the light was no longer red comes back with the light.
    private Task EnsureFreezeAsync(Episode episode, DateTimeOffset at, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            if (await FreezeStore.SetAsync(transaction, new Freeze(at, Run.Bot, episode.Hook, null)))
            {
                await audit.AppendAsync(transaction, new AuditEntry(Run.Bot, "release-freeze", "prod", After: "frozen", Detail: new Dictionary<string, string> { ["reason"] = episode.Hook }));
            }
        },
        cancellationToken);

    private Task EndAsync(Episode episode, DateTimeOffset at, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            if (!await EpisodeStore.EndAsync(transaction, episode.Id, at))
            {
                return;
            }

            await notices.PutAsync(
                transaction,
                new NoticeDraft($"episode:{episode.Id}:recovered", "post", "recovered", new Dictionary<string, string> { ["hook"] = episode.Hook, ["minutes"] = ((int)(at - episode.FirstRedAt).TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture) }));
            await audit.AppendAsync(transaction, new AuditEntry(Run.Bot, "episode-end", episode.Hook));
        },
        cancellationToken);

    /// <summary>One open draft for the train: a light that turns red beside another joins its card.</summary>
    private async Task EnsureDraftAsync(Episode episode, HookReading reading, HookSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (!runbook.Current.Procedures.TryGetValue(RollbackWays.Full, out var full))
        {
            return;
        }

        var open = (await runs.WithKeysAsync(full.Keys, cancellationToken)).Where(r => r.Definition.Supersedes).ToList();
        var beside = open.Count > 0 && await DidNotHelpAsync(open[0], episode, snapshot, cancellationToken) ? open[0] : null;
        if (open.Count > 0 && beside is null)
        {
            if (episode.RunId != open[0].Id)
            {
                await episodes.TieAsync(episode.Id, open[0].Id, cancellationToken);
            }

            return;
        }

        // Somebody put this episode's draft away or stopped its run: the bot does not ask again until the light has been good.
        var tied = episode.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        if (tied is { RequestedBy: Run.Bot, Outcome.Code: "dismissed" or "aborted-by" })
        {
            return;
        }

        var (status, unknown) = await releases.StatusAsync(cancellationToken);
        if (status is null)
        {
            LogNoDraft(episode.Hook, unknown?.Code ?? "");
            return;
        }

        if (status.Batch is not { } batch || !status.CanGoBack(clock.GetUtcNow()))
        {
            await SayNoBatchAsync(episode, reading, cancellationToken);
            return;
        }

        var changes = await product.ChangesAsync(episode.FirstRedAt - TimeSpan.FromHours(1), episode.FirstRedAt, cancellationToken);
        var context = new DraftContext(episode.Hook, episode.FirstRedAt, Value(reading), Limit(reading), changes ?? []) { Measure = reading.Worst?.Measure.Id, Segment = reading.Worst?.Segment };
        var reason = $"{episode.Hook} {Value(reading)} ({Limit(reading)})";

        // The ladder says which way (§4.1); a light that one rung did not cure takes the full way.
        var wentDown = beside is not null || tied is { EffectsEndedAt: not null } && RollbackWays.IsOneRung(tied);
        var way = wentDown ? RollbackWay.Full : RollbackWays.Asked(runbook.Current, batch);
        var (procedure, arguments, none) = RollbackWays.Of(runbook.Current, batch, way, reason);
        var outcome = none is not null || !runbook.Current.Procedures.TryGetValue(procedure, out var definition)
            ? new DraftOutcome.Refused(none ?? new Refusal("unknown-procedure", "", procedure, RollbackWays.Full))
            : await drafts.DraftByBotAsync(definition, arguments, reason, context, episode.Id, beside?.Id, cancellationToken);
        if (outcome is DraftOutcome.Refused refused)
        {
            LogNoDraft(episode.Hook, refused.Refusal.Code);
        }
        else if (outcome is DraftOutcome.Drafted { Run: { } run } && reading.Urgent)
        {
            await SayUrgentAsync(episode, reading, run, cancellationToken);
        }
    }

    // Reading of §4.3: far beyond red the draft is urgent, and the release manager is called.
    private Task SayUrgentAsync(Episode episode, HookReading reading, Run run, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"episode:{episode.Id}:urgent",
                "page",
                "page-urgent",
                new Dictionary<string, string> { ["hook"] = episode.Hook, ["value"] = Value(reading), ["run"] = run.Name, ["role"] = "release-manager" },
                run.Id)),
        cancellationToken);

    // Rule 8: still red three windows after the effects of a one-rung rollback.
    private async Task<bool> DidNotHelpAsync(Run run, Episode episode, HookSnapshot snapshot, CancellationToken cancellationToken) =>
        RollbackWays.IsOneRung(run)
        && run.EffectsEndedAt is { } ended
        && snapshot.At >= ended + (Recovery.Windows * Recovery.Window)
        && await recovery.StillRedAsync(episode.Hook, snapshot, ended, cancellationToken);

    // Nothing to roll back: the train is frozen already, and a person is called to the SOP of the hook.
    private Task SayNoBatchAsync(Episode episode, HookReading reading, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"episode:{episode.Id}:no-batch",
                "page",
                "page-no-batch",
                new Dictionary<string, string> { ["hook"] = episode.Hook, ["value"] = Value(reading), ["limit"] = Limit(reading), ["section"] = "5.2" })),
        cancellationToken);

    private static string Value(HookReading reading) =>
        reading.Worst is { Value: { } value } worst ? Threshold.Format(value, worst.Measure.Unit) : "?";

    private static string Limit(HookReading reading) => reading.Worst is { } worst ? worst.Measure.Red.ToString() : "?";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Hook} is red and no rollback can be drafted now: {Why}")]
    private partial void LogNoDraft(string hook, string why);
}
