using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Watching;

/// <summary>Drafts the rollback of one episode for the bot itself (rule 8).</summary>
internal sealed partial class EpisodeDrafts(
    ReleaseTool releases,
    DraftContexts contexts,
    Drafts drafts,
    DraftWords words,
    RunStore runs,
    RunbookHolder runbook,
    TimeProvider clock,
    ILogger<EpisodeDrafts> logger
)
{
    /// <summary>Drafts the way back that the ladder asks for; why not, where none can be drafted.</summary>
    /// <param name="beside">A run that went one rung down and did not help.</param>
    /// <param name="takesOver">Drafts behind which nobody on duty stands.</param>
    public async Task<Refusal?> DraftAsync(
        Episode episode,
        HookReading reading,
        Run? beside,
        IReadOnlyList<Run> takesOver,
        CancellationToken cancellationToken
    )
    {
        if (!(await releases.StatusAsync(cancellationToken)).Has(out var status, out var unknown))
        {
            return Unmade(episode, unknown);
        }

        if (status.Batch is not { } batch || !status.CanGoBack(clock.GetUtcNow()))
        {
            await words.SayNoBatchAsync(episode, reading, status, cancellationToken);
            return Unmade(
                episode,
                status is { Batch: { } old } && status.OldGone(clock.GetUtcNow())
                    ? OldVersion.Gone(old, status)
                    : new Refusal("nothing-to-roll-back", "§4.4", episode.Hook)
            );
        }

        var context = await contexts.OfAsync(episode, reading, cancellationToken);
        var reason = $"{episode.Hook} {context.Value} ({context.Limit})";

        // The ladder says which way (§4.1); a light that one rung did not cure takes the full way.
        var tied = episode.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null;
        var wentDown = beside is not null || tied is { EffectsEndedAt: not null } && RollbackWays.IsOneRung(tied);
        var procedure = wentDown ? RollbackWays.Full : RollbackWays.Asked(runbook.Current, batch);
        var arguments = new Dictionary<string, string> { ["batch"] = batch, ["reason"] = reason };
        var outcome = !runbook.Current.Procedures.TryGetValue(procedure, out var definition)
            ? new DraftOutcome.Refused(new Refusal("unknown-procedure", "", procedure, RollbackWays.Full))
            : await drafts.DraftByBotAsync(
                definition,
                arguments,
                reason,
                context,
                episode.Id,
                beside?.Id,
                takesOver,
                cancellationToken
            );
        if (outcome is DraftOutcome.Refused refused)
        {
            return Unmade(episode, refused.Refusal);
        }

        if (outcome is DraftOutcome.Drafted { Run: { } run } && reading.Urgent)
        {
            await words.SayUrgentAsync(episode, reading, run, cancellationToken);
        }

        return null;
    }

    private Refusal Unmade(Episode episode, Refusal why)
    {
        LogNoDraft(episode.Hook, why.Code);
        return why;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Hook} is red and no rollback can be drafted now: {Why}")]
    private partial void LogNoDraft(string hook, string why);
}
