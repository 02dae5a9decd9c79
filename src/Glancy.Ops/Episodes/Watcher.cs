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
    private const string Rollback = "rollback";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

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

            if (reading.Recovered && await RecoveredAsync(episode, snapshot.At, cancellationToken))
            {
                await EndAsync(episode, snapshot.At, cancellationToken);
                continue;
            }

            await episodes.SeenAsync(episode.Id, reading.Light, snapshot.At, cancellationToken);
            if (reading.RedUnexplained)
            {
                await EnsureDraftAsync(episode, reading, cancellationToken);
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

    // Three adjacent windows have to be good; they are read again, so that neither a gap in watching nor a restart counts as good.
    private async Task<bool> RecoveredAsync(Episode episode, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var earlier in new[] { at - Window, at - Window - Window })
        {
            if (earlier < episode.FirstRedAt)
            {
                return false;
            }

            var readings = await snapshots.ReadAsync(runbook.Current, earlier, cancellationToken);
            if (readings.FirstOrDefault(h => h.Hook.Id == episode.Hook) is not { Recovered: true })
            {
                return false;
            }
        }

        return true;
    }

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
    private async Task EnsureDraftAsync(Episode episode, HookReading reading, CancellationToken cancellationToken)
    {
        if (!runbook.Current.Procedures.TryGetValue(Rollback, out var procedure))
        {
            return;
        }

        var open = (await runs.WithKeysAsync(procedure.Keys, cancellationToken)).Where(r => r.Definition.Supersedes).ToList();
        if (open.Count > 0)
        {
            if (episode.RunId != open[0].Id)
            {
                await episodes.TieAsync(episode.Id, open[0].Id, cancellationToken);
            }

            return;
        }

        // Somebody put this episode's draft away or stopped its run: the bot does not ask again until the light has been good.
        if (episode.RunId is { } tied && await runs.GetAsync(tied, cancellationToken) is { RequestedBy: Run.Bot, Outcome.Code: "dismissed" or "aborted-by" })
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
        var context = new DraftContext(episode.Hook, episode.FirstRedAt, Value(reading), Limit(reading), changes ?? []);
        var reason = $"{episode.Hook} {Value(reading)} ({Limit(reading)})";
        var arguments = new Dictionary<string, string> { ["batch"] = batch, ["reason"] = reason };
        var outcome = await drafts.DraftByBotAsync(procedure, arguments, reason, context, episode.Id, cancellationToken);
        if (outcome is DraftOutcome.Refused refused)
        {
            LogNoDraft(episode.Hook, refused.Refusal.Code);
        }
    }

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
