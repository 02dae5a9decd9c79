using System.Globalization;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Watching;

/// <summary>
/// Keeps asking those on call about a red light that no open run is to cure: its draft was dismissed or aborted,
/// expired, did not help, or cannot be made. The bot does not draft such a one again by itself (rule 8), and does not
/// let it be forgotten either.
/// </summary>
public sealed class NobodysLights(
    BotDatabase database,
    RedLights lights,
    IncidentStore incidents,
    NoticeBoard notices,
    RunbookHolder runbook
)
{
    /// <summary>The notice that asks.</summary>
    public const string Template = "page-alone";

    /// <summary>After a look: notes whether somebody sees to the light, and asks when it is time to.</summary>
    /// <param name="noDraft">Why the bot could not draft now; null where it did not try.</param>
    public async Task KeepAsync(
        Episode seen,
        HookReading reading,
        HookSnapshot snapshot,
        Refusal? noDraft,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(snapshot);
        if ((await lights.OpenAsync(cancellationToken)).FirstOrDefault(l => l.Episode.Id == seen.Id) is not { } light)
        {
            return;
        }

        var episode = light.Episode;
        if (light.Run is { Ended: false })
        {
            await NoteAsync(seen, episode, null, null, cancellationToken);
            return;
        }

        // While it is not red nobody is asked, and the clock goes on: one that comes and goes is asked about as well.
        await NoteAsync(
            seen,
            episode,
            episode.AloneSince ?? snapshot.At,
            light.Nobodys && episode.LastLight == EpisodeLight.Red ? noDraft : episode.NoDraft,
            cancellationToken
        );
        if (
            light.Nobodys
            && episode.AloneSince is { } since
            && snapshot.At >= runbook.Current.Escalation.Alone.DueAt(since, episode.AskedAt, episode.Asked)
        )
        {
            await AskAsync(light, since, reading, snapshot, cancellationToken);
        }
    }

    // The card of the run that left it tells of it, so it is drawn anew when that changes.
    private Task NoteAsync(
        Episode before,
        Episode episode,
        DateTimeOffset? since,
        Refusal? noDraft,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (
                    (
                        await EpisodeStore.LeaveAloneAsync(transaction, episode, since, noDraft)
                        || (since is not null && before.LastLight != episode.LastLight)
                    ) && before.RunId is { } run
                )
                {
                    await notices.RedrawAsync(transaction, run);
                }
            },
            cancellationToken
        );

    private async Task AskAsync(
        RedLight light,
        DateTimeOffset since,
        HookReading reading,
        HookSnapshot snapshot,
        CancellationToken cancellationToken
    )
    {
        var episode = light.Episode;
        var facts = new Dictionary<string, string>
        {
            ["hook"] = episode.Hook,
            ["since_at"] = episode.FirstRedAt.ToString("O", CultureInfo.InvariantCulture),
            ["value"] = EpisodeFacts.Value(reading),
            ["light"] = episode.LastLight.ToString(),
            ["alone"] = NobodysReason.Of(light).ToFact(),
        };
        if (Batch(light, snapshot) is { } batch)
        {
            facts["batch"] = batch;
        }

        // Whoever has acknowledged an incident is awake, and reads the channel.
        var awake = (await incidents.OpenAsync(cancellationToken)).Any(i => i.Acknowledged is not null);
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"episode:{episode.Id}:alone:{since.ToUnixTimeSeconds()}:{episode.Asked + 1}"
        );
        await database.InTransactionAsync(
            async transaction =>
            {
                if (await EpisodeStore.AskAsync(transaction, episode, snapshot.At))
                {
                    await notices.PutAsync(transaction, new NoticeDraft(key, awake ? "post" : "page", Template, facts));
                }
            },
            cancellationToken
        );
    }

    // By the tool's word where it gave one; otherwise what the last draft was of.
    private static string? Batch(RedLight light, HookSnapshot snapshot) =>
        snapshot.Release is { } release
            ? release.CanGoBack(snapshot.At)
                ? release.Batch
                : null
            : light.Run?.Arguments.GetValueOrDefault("batch");
}
