using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>What is seen of a step's declared changes once its effect has ended.</summary>
public abstract record Sighting
{
    private Sighting() { }

    /// <summary>It could be looked at.</summary>
    /// <param name="Changes">What the states stood at before and stand at now; where something is missing, only those
    /// that came about: another value is somebody else's.</param>
    /// <param name="Missing">The first that does not stand where the plan wants it; null when all do.</param>
    public sealed record Looked(IReadOnlyList<StateChange> Changes, MissingChange? Missing) : Sighting;

    /// <summary>Nobody can say now.</summary>
    public sealed record Unreadable(Refusal Why) : Sighting;
}

/// <summary>A controlled state before and after a step.</summary>
public sealed record StateChange(string State, string Before, string After);

/// <summary>A state that does not stand where it was to be brought.</summary>
public sealed record MissingChange(string State, string Wanted, string Seen);

/// <summary>
/// Looks whether what a step declares has come about (rule 9): that a command ended well is no proof. What shows late
/// is waited for a little, in real time.
/// </summary>
public sealed class EffectSight(ControlledState states, IOptions<ReplicaOptions> options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks again until everything is seen or the settling time is over.</summary>
    /// <param name="evidence">Gets <c>after.</c> and what each state was seen at.</param>
    public async Task<Sighting> LookAsync(
        Run run,
        RunStep step,
        Dictionary<string, string> evidence,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(evidence);
        var changes = ChangesOf(run, step);
        if (changes.Count == 0)
        {
            return new Sighting.Looked([], null);
        }

        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var observed = await states.ReadAsync([.. changes.Select(c => c.State)], cancellationToken);
            if (observed.Unknown is { } unreadable)
            {
                return new Sighting.Unreadable(unreadable);
            }

            var missing = FirstMissing(run, step, observed);
            if (missing is null || TimeProvider.System.GetElapsedTime(begun) >= options.Value.EffectSettle)
            {
                foreach (var change in changes)
                {
                    evidence["after." + change.State] = observed.Values[change.State];
                }

                var seen = changes
                    .Where(c => missing is null || observed.Values[c.State] == c.Desired)
                    .Select(c => new StateChange(
                        c.State,
                        step.Evidence.GetValueOrDefault("before." + c.State, ""),
                        observed.Values[c.State]
                    ));
                return new Sighting.Looked([.. seen], missing);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>
    /// One look: whether everything that the step was to change stands as planned; null when nobody can say now.
    /// </summary>
    public async Task<bool?> StandsAsync(Run run, RunStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        var observed = await states.ReadAsync([.. ChangesOf(run, step).Select(c => c.State)], cancellationToken);
        return observed.Unknown is null ? FirstMissing(run, step, observed) is null : null;
    }

    /// <summary>
    /// What steps that began, and were neither seen through nor undone, have left where they were to bring it: of a
    /// script that failed or got lost, of one that was left out. Where nobody can look now, what they were to change
    /// counts as changed.
    /// </summary>
    public async Task<IReadOnlyList<StateChange>> UnsettledAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var begun = run
            .Steps.Where(s => s.State is not (StepState.Done or StepState.NothingToDo))
            .SelectMany(s =>
                ChangesOf(run, s)
                    .Select(c => new StateChange(
                        c.State,
                        s.Evidence.GetValueOrDefault("before." + c.State, c.Desired),
                        c.Desired
                    ))
            )
            .Where(c => c.Before != c.After)
            .DistinctBy(c => c.State)
            .ToList();
        if (begun.Count == 0)
        {
            return [];
        }

        var observed = await states.ReadAsync([.. begun.Select(c => c.State)], cancellationToken);
        return [.. begun.Where(c => observed.Unknown is not null || observed.Values[c.State] == c.After)];
    }

    /// <summary>What the plan says that the step changes.</summary>
    public static IReadOnlyList<PlannedChange> ChangesOf(Run run, RunStep step)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        return run.Plan.Steps.FirstOrDefault(s => s.Id == step.Id)?.Changes ?? [];
    }

    // What a script leaves undone although it declares it is not demanded of it where a step of its own is still to
    // come for it (§4.4 step 3).
    private static MissingChange? FirstMissing(Run run, RunStep step, StatesObserved observed)
    {
        var later = run
            .Steps.Where(s => s.Ordinal > step.Ordinal && s.State == StepState.Pending)
            .SelectMany(s => ChangesOf(run, s))
            .Where(c => !c.ByScript)
            .Select(c => (c.State, c.Desired))
            .ToHashSet();
        var missing = ChangesOf(run, step)
            .FirstOrDefault(c =>
                observed.Values[c.State] != c.Desired && !(c.ByScript && later.Contains((c.State, c.Desired)))
            );
        return missing is null
            ? null
            : new MissingChange(missing.State, missing.Desired, observed.Values[missing.State]);
    }
}
