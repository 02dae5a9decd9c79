using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>What a new attempt at a step may build on.</summary>
public enum AttemptFate
{
    /// <summary>The old attempt is over and did not succeed: a new one is made.</summary>
    Repeat,

    /// <summary>The old attempt's key still answers for it: it is asked again, nothing is repeated.</summary>
    Adopt,

    /// <summary>Its command is still at work and could not be stopped.</summary>
    StillRunning,

    /// <summary>Nobody can say now.</summary>
    Unreachable,
}

/// <summary>How a step stands that somebody wants to leave out.</summary>
/// <param name="Uncertain">Why it cannot be said that its command is over; null when it is.</param>
/// <param name="Stands">What its states were seen at, for <see cref="LeftOut.Stands"/>.</param>
public sealed record AttemptLook(Refusal? Uncertain, string Stands);

/// <summary>
/// Finds out what became of the attempt that paused a run, before a person's retry makes another (rule 1).
/// </summary>
public sealed class Attempts(IBastion bastion, ActionKinds kinds, RunStore runs, EffectSight sight)
{
    // Of these it is certain that nothing runs any more; whoever is only out of sight is not among them.
    private static readonly string[] Over =
    [
        BastionReason.OtherBoot,
        BastionReason.NeverStarted,
        BastionReason.Lost,
        BastionReason.TimedOut,
    ];

    /// <summary>A command that still runs is killed first; one that ended well is adopted.</summary>
    public async Task<AttemptFate> FateAsync(Run run, RunStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        var kind = kinds[run.Definition.Steps[step.Ordinal].Kind];
        if (step.State is not (StepState.Unknown or StepState.Failed) || kind.Effect != EffectClass.Keyed)
        {
            return AttemptFate.Repeat;
        }

        if (kind.RecordsItself)
        {
            // The marker row goes with the statement: the same key is safe to ask again, a new one is not.
            return step.State == StepState.Unknown ? AttemptFate.Adopt : AttemptFate.Repeat;
        }

        if (step.Outcome?.Code == StepSettled.EffectNotSeen)
        {
            // Its command ended well: what shows by now is taken for its work, else it is done anew.
            return await sight.StandsAsync(run, step, cancellationToken) switch
            {
                true => AttemptFate.Adopt,
                false => AttemptFate.Repeat,
                null => AttemptFate.Unreachable,
            };
        }

        return await OnBastionAsync(run, step, kill: true, cancellationToken);
    }

    /// <summary>
    /// Whether the command of the last attempt is over: <c>running</c>, <c>ended</c> or <c>unknown</c>. Touches
    /// nothing.
    /// </summary>
    public async Task<string> CommandAsync(Run run, RunStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        return await OnBastionAsync(run, step, kill: false, cancellationToken) switch
        {
            AttemptFate.StillRunning => "running",
            AttemptFate.Unreachable => "unknown",
            _ => "ended",
        };
    }

    /// <summary>Looks, and touches nothing. Null when the run does not stand at that step.</summary>
    public async Task<AttemptLook?> LookAsync(long id, string stepId, CancellationToken cancellationToken)
    {
        if (
            await runs.GetAsync(id, cancellationToken) is not { State: RunState.Paused, Stuck: { } step } run
            || step.Id != stepId
        )
        {
            return null;
        }

        var kind = kinds[run.Definition.Steps[step.Ordinal].Kind];
        var fate =
            step.State == StepState.Unknown && kind is { Effect: EffectClass.Keyed, RecordsItself: false }
                ? await OnBastionAsync(run, step, kill: false, cancellationToken)
                : AttemptFate.Repeat;
        var stands =
            EffectSight.ChangesOf(run, step).Count == 0
                ? ""
                : await sight.StandsAsync(run, step, cancellationToken) switch
                {
                    true => LeftOut.AsPlanned,
                    false => "otherwise",
                    null => "unknown",
                };
        return new AttemptLook(Uncertain(fate, step), stands);
    }

    /// <summary>Why nothing can be built on an attempt yet; null when something can.</summary>
    public static Refusal? Uncertain(AttemptFate fate, RunStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return fate switch
        {
            AttemptFate.StillRunning => new Refusal("still-running", "§4.4", step.Id),
            AttemptFate.Unreachable => new Refusal("unreachable-bastion", "§2.3", step.Id),
            _ => null,
        };
    }

    private async Task<AttemptFate> OnBastionAsync(
        Run run,
        RunStep step,
        bool kill,
        CancellationToken cancellationToken
    )
    {
        var key = EffectKey.Of(run, step);
        var reply = await bastion.StatusAsync(key, cancellationToken);
        if (kill && reply is BastionReply.Answered { State: BastionState.Running })
        {
            reply = await bastion.CancelAsync(key, run.Epoch, cancellationToken);
        }

        // Only what certainly runs no more may be repeated; everything else is not known now.
        return reply switch
        {
            BastionReply.Answered { Succeeded: true } => AttemptFate.Adopt,
            BastionReply.Answered { State: BastionState.Exited or BastionState.Cancelled or BastionState.Absent } =>
                AttemptFate.Repeat,
            BastionReply.Answered { State: BastionState.Unknown, ReasonCode: { } reason } when Over.Contains(reason) =>
                AttemptFate.Repeat,
            BastionReply.Answered { State: BastionState.Running } => AttemptFate.StillRunning,
            _ => AttemptFate.Unreachable,
        };
    }
}
