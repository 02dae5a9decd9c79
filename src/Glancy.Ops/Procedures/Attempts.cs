using System.Globalization;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Procedures.Actions;

namespace Glancy.Ops.Procedures;

/// <summary>What a new attempt at a step may build on.</summary>
public enum AttemptFate
{
    /// <summary>The old attempt is over and did not succeed: a new one is made.</summary>
    Repeat,

    /// <summary>The old attempt's key still answers for it: it is asked again, nothing is repeated.</summary>
    Adopt,

    /// <summary>Nobody can say now.</summary>
    Unreachable,
}

/// <summary>Finds out what became of the attempt that paused a run, before a person's retry makes another (rule 1).</summary>
public sealed class Attempts(IBastion bastion)
{
    private static readonly string[] Over = [BastionReason.OtherBoot, BastionReason.NeverStarted, BastionReason.Lost, BastionReason.TimedOut];

    /// <summary>A command that still runs is killed first; one that ended well is adopted.</summary>
    public async Task<AttemptFate> FateAsync(Run run, RunStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        var kind = run.Definition.Steps[step.Ordinal].Kind;
        if (step.State is not (StepState.Unknown or StepState.Failed) || ActionKinds.All[kind].Effect != EffectClass.Keyed)
        {
            return AttemptFate.Repeat;
        }

        if (kind == "sql.run")
        {
            // The marker row goes with the statement: the same key is safe to ask again, a new one is not.
            return step.State == StepState.Unknown ? AttemptFate.Adopt : AttemptFate.Repeat;
        }

        return await OnBastionAsync(run, step, cancellationToken);
    }

    private async Task<AttemptFate> OnBastionAsync(Run run, RunStep step, CancellationToken cancellationToken)
    {
        var key = $"{run.Name}/{step.Id}/{step.Attempt.ToString(CultureInfo.InvariantCulture)}";
        var reply = await bastion.StatusAsync(key, cancellationToken);
        if (reply is BastionReply.Answered { State: BastionState.Running })
        {
            reply = await bastion.CancelAsync(key, run.Epoch, cancellationToken);
        }

        // Only what certainly runs no more may be repeated; everything else is not known now.
        return reply switch
        {
            BastionReply.Answered { Succeeded: true } => AttemptFate.Adopt,
            BastionReply.Answered { State: BastionState.Exited or BastionState.Cancelled or BastionState.Absent } => AttemptFate.Repeat,
            BastionReply.Answered { State: BastionState.Unknown, ReasonCode: { } reason } when Over.Contains(reason) => AttemptFate.Repeat,
            _ => AttemptFate.Unreachable,
        };
    }
}
