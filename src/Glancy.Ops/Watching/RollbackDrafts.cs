using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Watching;

/// <summary>
/// Sees to it that a rollback stands for a red light, as far as the bot may by itself (rules 5 and 8, §4.4 step 2).
/// </summary>
internal sealed class RollbackDrafts(
    BotDatabase database,
    EpisodeStore episodes,
    EpisodeDrafts drafts,
    RedLights lights,
    Recovery recovery,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <summary>Whether an open run that somebody on duty stands behind is to cure the train's lights.</summary>
    public async Task<bool> StandsAsync(CancellationToken cancellationToken) =>
        (await StandingAsync(cancellationToken))[true].Any();

    /// <summary>One open draft for the train: a light that turns red beside another joins its card.</summary>
    /// <param name="stood">Whether one stood when the look began. What ends while the lights are gone through is
    /// drafted anew by the next look, from the first light on: else a later one would draft it on a card of its
    /// own.</param>
    /// <returns>Why the bot cannot draft; null when a run stands, or somebody has put the bot's draft away.</returns>
    public async Task<Refusal?> EnsureAsync(
        Episode episode,
        HookReading reading,
        HookSnapshot snapshot,
        bool stood,
        CancellationToken cancellationToken
    )
    {
        var open = await StandingAsync(cancellationToken);
        var cure = open[true].FirstOrDefault();
        if (cure is null && stood)
        {
            return null;
        }

        var beside =
            cure is not null && await DidNotHelpAsync(cure, episode, snapshot, cancellationToken) ? cure : null;
        if (cure is not null && beside is null)
        {
            await TieAsync(episode, cure, cancellationToken);
            return null;
        }

        var refusal = await PutAwayAsync(episode, cancellationToken)
            ? null
            : await drafts.DraftAsync(episode, reading, beside, [.. open[false]], cancellationToken);

        // Better a draft that nobody on duty stands behind than none.
        if (refusal is not null && open[false].FirstOrDefault() is { } other)
        {
            await TieAsync(episode, other, cancellationToken);
            return null;
        }

        return refusal;
    }

    // True: somebody on duty stands behind it.
    private async Task<ILookup<bool, Run>> StandingAsync(CancellationToken cancellationToken)
    {
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        return (await lights.CuresAsync(cancellationToken)).ToLookup(run =>
            Approvals.StoodBehind(run, onCall, runbook.Current)
        );
    }

    // Somebody put this episode's draft away or stopped its run: the bot does not draft again by itself until the light
    // has been good. A draft that a person makes afterwards does not make that undone.
    private async Task<bool> PutAwayAsync(Episode episode, CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<long>(
                """
                select id from glancy.run
                 where (episode_id = @Id or id = @RunId) and requested_by = @bot and finished_at is not null
                   and outcome ->> 'code' in ('dismissed', 'aborted-by') limit 1
                """,
                new
                {
                    episode.Id,
                    episode.RunId,
                    bot = Actor.Bot,
                },
                cancellationToken
            )
        ).Count > 0;

    private Task TieAsync(Episode episode, Run run, CancellationToken cancellationToken) =>
        episode.RunId == run.Id ? Task.CompletedTask : episodes.TieAsync(episode.Id, run.Id, cancellationToken);

    // Rule 8: still red three windows after the effects of a one-rung rollback.
    private async Task<bool> DidNotHelpAsync(
        Run run,
        Episode episode,
        HookSnapshot snapshot,
        CancellationToken cancellationToken
    ) =>
        RollbackWays.IsOneRung(run)
        && run.EffectsEndedAt is { } ended
        && await recovery.StillRedAsync(episode.Hook, snapshot, ended, cancellationToken);
}
