using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Releases;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Watching;

/// <summary>Sees to it that a rollback stands for a red light, as far as the bot may by itself (rules 5 and 8, §4.4 step 2).</summary>
public sealed partial class RollbackDrafts(
    BotDatabase database,
    EpisodeStore episodes,
    RedLights lights,
    Recovery recovery,
    Drafts drafts,
    RunStore runs,
    ChangesBefore changesBefore,
    ReleaseTool releases,
    ProductDatabase product,
    DutyRoster roster,
    NoticeBoard notices,
    RunbookHolder runbook,
    TimeProvider clock,
    ILogger<RollbackDrafts> logger)
{
    /// <summary>One open draft for the train: a light that turns red beside another joins its card.</summary>
    /// <returns>Why the bot cannot draft; null when a run stands, or somebody has put the bot's draft away.</returns>
    public async Task<Refusal?> EnsureAsync(Episode episode, HookReading reading, HookSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(reading);
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var open = (await lights.CuresAsync(cancellationToken)).ToLookup(run => Approvals.StoodBehind(run, onCall, runbook.Current));
        var cure = open[true].FirstOrDefault();
        var beside = cure is not null && await DidNotHelpAsync(cure, episode, snapshot, cancellationToken) ? cure : null;
        if (cure is not null && beside is null)
        {
            await TieAsync(episode, cure, cancellationToken);
            return null;
        }

        var refusal = await PutAwayAsync(episode, cancellationToken) ? null : await DraftAsync(episode, reading, beside, [.. open[false]], cancellationToken);

        // Better a draft that nobody on duty stands behind than none.
        if (refusal is not null && open[false].FirstOrDefault() is { } other)
        {
            await TieAsync(episode, other, cancellationToken);
            return null;
        }

        return refusal;
    }

    private async Task<Refusal?> DraftAsync(Episode episode, HookReading reading, Run? beside, IReadOnlyList<Run> takesOver, CancellationToken cancellationToken)
    {
        var (status, unknown) = await releases.StatusAsync(cancellationToken);
        if (status is null)
        {
            return Unmade(episode, unknown ?? new Refusal("unparsable-output", "§2.3", "releasectl.stage.status"));
        }

        if (status.Batch is not { } batch || !status.CanGoBack(clock.GetUtcNow()))
        {
            await SayNoBatchAsync(episode, reading, status, cancellationToken);
            return Unmade(episode, status is { Batch: { } old } && status.OldGone(clock.GetUtcNow()) ? OldVersion.Gone(old, status) : new Refusal("nothing-to-roll-back", "§4.4", episode.Hook));
        }

        var changes = await product.ChangesAsync(episode.FirstRedAt - TimeSpan.FromHours(1), episode.FirstRedAt, cancellationToken);
        var (value, limit) = (EpisodeFacts.Value(reading), EpisodeFacts.Limit(reading));
        var context = new DraftContext(episode.Hook, episode.FirstRedAt, value, limit, changesBefore.Of(changes ?? [])) { Measure = reading.Worst?.Measure.Id, Segment = reading.Worst?.Segment };
        var reason = $"{episode.Hook} {value} ({limit})";

        // The ladder says which way (§4.1); a light that one rung did not cure takes the full way.
        var tied = episode.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        var wentDown = beside is not null || tied is { EffectsEndedAt: not null } && RollbackWays.IsOneRung(tied);
        var procedure = wentDown ? RollbackWays.Full : RollbackWays.Asked(runbook.Current, batch);
        var arguments = new Dictionary<string, string> { ["batch"] = batch, ["reason"] = reason };
        var outcome = !runbook.Current.Procedures.TryGetValue(procedure, out var definition)
            ? new DraftOutcome.Refused(new Refusal("unknown-procedure", "", procedure, RollbackWays.Full))
            : await drafts.DraftByBotAsync(definition, arguments, reason, context, episode.Id, beside?.Id, takesOver, cancellationToken);
        if (outcome is DraftOutcome.Refused refused)
        {
            return Unmade(episode, refused.Refusal);
        }

        if (outcome is DraftOutcome.Drafted { Run: { } run } && reading.Urgent)
        {
            await SayUrgentAsync(episode, reading, run, cancellationToken);
        }

        return null;
    }

    // Somebody put this episode's draft away or stopped its run: the bot does not draft again by itself until the light has been good. A
    // draft that a person makes afterwards does not make that undone.
    private async Task<bool> PutAwayAsync(Episode episode, CancellationToken cancellationToken) => (await database.QueryAsync<long>(
        """
        select id from glancy.run
         where (episode_id = @Id or id = @RunId) and requested_by = @bot and finished_at is not null and outcome ->> 'code' in ('dismissed', 'aborted-by') limit 1
        """,
        new { episode.Id, episode.RunId, bot = Actor.Bot },
        cancellationToken)).Count > 0;

    private Task TieAsync(Episode episode, Run run, CancellationToken cancellationToken) =>
        episode.RunId == run.Id ? Task.CompletedTask : episodes.TieAsync(episode.Id, run.Id, cancellationToken);

    private Refusal Unmade(Episode episode, Refusal why)
    {
        LogNoDraft(episode.Hook, why.Code);
        return why;
    }

    // Reading of §4.3: far beyond red the draft is urgent, and the release manager is called.
    private Task SayUrgentAsync(Episode episode, HookReading reading, Run run, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"episode:{episode.Id}:urgent",
                "page",
                "page-urgent",
                new Dictionary<string, string> { ["hook"] = episode.Hook, ["value"] = EpisodeFacts.Value(reading), ["run"] = run.Name, ["role"] = "release-manager" },
                run.Id)),
        cancellationToken);

    // Rule 8: still red three windows after the effects of a one-rung rollback.
    private async Task<bool> DidNotHelpAsync(Run run, Episode episode, HookSnapshot snapshot, CancellationToken cancellationToken) =>
        RollbackWays.IsOneRung(run)
        && run.EffectsEndedAt is { } ended
        && await recovery.StillRedAsync(episode.Hook, snapshot, ended, cancellationToken);

    // Nothing to roll back: the train is frozen already, and a person is called to the SOP of the hook.
    private Task SayNoBatchAsync(Episode episode, HookReading reading, ReleaseStatus status, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string> { ["hook"] = episode.Hook, ["value"] = EpisodeFacts.Value(reading), ["limit"] = EpisodeFacts.Limit(reading), ["section"] = "5.2" };
        if (status is { Batch: { } batch, OldKeptUntil: { } until } && status.OldGone(clock.GetUtcNow()))
        {
            (facts["batch"], facts["section"]) = (batch, "4.1");
            facts["gone_at"] = until.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        }

        var template = facts.ContainsKey("gone_at") ? "page-old-gone" : "page-no-batch";
        return database.InTransactionAsync(
            transaction => notices.PutAsync(transaction, new NoticeDraft($"episode:{episode.Id}:no-batch", "page", template, facts)), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Hook} is red and no rollback can be drafted now: {Why}")]
    private partial void LogNoDraft(string hook, string why);
}
