using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Asks the tools how a step that stopped a run stands, so that nobody has to guess which of retry, skip and abort is
/// safe.
/// </summary>
public sealed class StuckLook(Attempts attempts, ActionKinds kinds, ControlledState states, TimeProvider clock)
{
    // Real time: somebody waits to be told that the run has stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is found of a step, as its evidence; empty for a step without an effect.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LookAsync(
        Run run,
        RunStep step,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        var kind = run.Definition.Steps[step.Ordinal].Kind;
        var changes = EffectSight.ChangesOf(run, step);
        if (kinds[kind] is not { Effect: EffectClass.Keyed, RecordsItself: false })
        {
            return new Dictionary<string, string>();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var (command, seen) = ("unknown", (IReadOnlyDictionary<string, string>?)null);
        try
        {
            command = await attempts.CommandAsync(run, step, limit.Token);
            var observed = await states.ReadAsync([.. changes.Select(c => c.State)], limit.Token);
            seen = observed.Unknown is null ? observed.Values : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What did not answer in time is unknown, and said to be.
        }

        return StuckStep.Evidence(clock.GetUtcNow(), command, seen);
    }

    /// <summary>The run with what the tools say now of the step that stopped it.</summary>
    public async Task<Run> RefreshedAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (
            run
            is not {
                State: RunState.Paused,
                Pause: PauseReason.Unknown or PauseReason.Failed,
                Stuck: { Attempt: > 0 } step
            }
        )
        {
            return run;
        }

        var found = await LookAsync(run, step, cancellationToken);
        return found.Count == 0
            ? run
            : run with
            {
                Steps = [.. run.Steps.Select(s => s.Id == step.Id ? StuckStep.With(s, found) : s)],
            };
    }
}
