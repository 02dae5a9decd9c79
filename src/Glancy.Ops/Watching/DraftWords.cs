using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Watching;

/// <summary>What is said to persons beside a draft by the bot.</summary>
internal sealed class DraftWords(BotDatabase database, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Reading of §4.3: far beyond red the draft is urgent, and the release manager is called.</summary>
    public Task SayUrgentAsync(Episode episode, HookReading reading, Run run, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction =>
                notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"episode:{episode.Id}:urgent",
                        "page",
                        "page-urgent",
                        new Dictionary<string, string>
                        {
                            ["hook"] = episode.Hook,
                            ["value"] = EpisodeFacts.Value(reading),
                            ["run"] = run.Name,
                            ["role"] = "release-manager",
                        },
                        run.Id
                    )
                ),
            cancellationToken
        );

    /// <summary>
    /// Nothing to roll back: the train is frozen already, and a person is called to the SOP of the hook.
    /// </summary>
    public Task SayNoBatchAsync(
        Episode episode,
        HookReading reading,
        ReleaseStatus status,
        CancellationToken cancellationToken
    )
    {
        var facts = new Dictionary<string, string>
        {
            ["hook"] = episode.Hook,
            ["value"] = EpisodeFacts.Value(reading),
            ["limit"] = EpisodeFacts.Limit(reading),
            ["section"] = "5.2",
        };
        if (status is { Batch: { } batch, OldKeptUntil: { } until } && status.OldGone(clock.GetUtcNow()))
        {
            (facts["batch"], facts["section"]) = (batch, "4.1");
            facts["gone_at"] = until.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        }

        var template = facts.ContainsKey("gone_at") ? "page-old-gone" : "page-no-batch";
        return database.InTransactionAsync(
            transaction =>
                notices.PutAsync(
                    transaction,
                    new NoticeDraft($"episode:{episode.Id}:no-batch", "page", template, facts)
                ),
            cancellationToken
        );
    }
}
