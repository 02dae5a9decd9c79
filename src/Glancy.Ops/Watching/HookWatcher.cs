using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.People;

namespace Glancy.Ops.Watching;

/// <summary>
/// Looks at the hooks and acts on red by itself as far as it may: an episode, a freeze, a draft (rules 6 and 8, §4.4
/// steps 1 and 2). It never has an effect on production. Looking twice, or in two replicas at once, changes nothing
/// more.
/// </summary>
internal sealed class HookWatcher(
    BotDatabase database,
    HookSnapshots snapshots,
    EpisodeStore episodes,
    Recovery recovery,
    RollbackDrafts drafts,
    NobodysLights nobodys,
    NoticeBoard notices,
    AuditLog audit
)
{
    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAndRecordAsync(cancellationToken);
        foreach (var reading in snapshot.Hooks.Where(h => h.RedUnexplained && h.Hook.DraftsRollback))
        {
            await BeginAsync(reading, snapshot.At, cancellationToken);
        }

        var stood = await drafts.StandsAsync(cancellationToken);
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

            await episodes.SeenAsync(episode.Id, LightOf(reading), snapshot.At, cancellationToken);
            Refusal? noDraft = null;
            if (reading.RedUnexplained)
            {
                await EnsureFreezeAsync(episode, snapshot.At, cancellationToken);
                noDraft = await drafts.EnsureAsync(episode, reading, snapshot, stood, cancellationToken);
            }

            await nobodys.KeepAsync(episode, reading, snapshot, noDraft, cancellationToken);
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

                var froze = await FreezeStore.SetAsync(transaction, new Freeze(at, Actor.Bot, hook, null));
                if (froze)
                {
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft(
                            $"episode:{id}:freeze",
                            "post",
                            "freeze",
                            new Dictionary<string, string>
                            {
                                ["hook"] = hook,
                                ["value"] = EpisodeFacts.Value(reading),
                                ["limit"] = EpisodeFacts.Limit(reading),
                            }
                        )
                    );
                }

                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(Actor.Bot, "episode-begin", hook)
                    {
                        After = froze ? "frozen" : null,
                        Detail = new Dictionary<string, string>
                        {
                            ["value"] = EpisodeFacts.Value(reading),
                            ["limit"] = EpisodeFacts.Limit(reading),
                        },
                    }
                );
            },
            cancellationToken
        );
    }

    // A freeze lifted while the light was no longer red comes back with the light.
    private Task EnsureFreezeAsync(Episode episode, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (await FreezeStore.SetAsync(transaction, new Freeze(at, Actor.Bot, episode.Hook, null)))
                {
                    await audit.AppendAsync(
                        transaction,
                        new AuditEntry(Actor.Bot, "release-freeze", "prod")
                        {
                            After = "frozen",
                            Detail = new Dictionary<string, string> { ["reason"] = episode.Hook },
                        }
                    );
                }
            },
            cancellationToken
        );

    private static EpisodeLight LightOf(HookReading reading) =>
        reading.Light switch
        {
            Light.Green => EpisodeLight.Green,
            _ when reading.ExplainedBy is not null => EpisodeLight.Explained,
            Light.Red => EpisodeLight.Red,
            Light.Yellow => EpisodeLight.Yellow,
            _ => EpisodeLight.Unknown,
        };

    private Task EndAsync(Episode episode, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (!await EpisodeStore.EndAsync(transaction, episode.Id, at))
                {
                    return;
                }

                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"episode:{episode.Id}:recovered",
                        "post",
                        "recovered",
                        new Dictionary<string, string>
                        {
                            ["hook"] = episode.Hook,
                            ["minutes"] = ((int)(at - episode.FirstRedAt).TotalMinutes).ToString(
                                System.Globalization.CultureInfo.InvariantCulture
                            ),
                        }
                    )
                );
                if (episode is { AloneSince: not null, RunId: { } run })
                {
                    await notices.RedrawAsync(transaction, run);
                }

                await audit.AppendAsync(transaction, new AuditEntry(Actor.Bot, "episode-end", episode.Hook));
            },
            cancellationToken
        );
}
