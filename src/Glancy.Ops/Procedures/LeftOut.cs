using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What people left out of a run, and what may be said of it therefore: nothing that was left out is done or proven.
/// </summary>
public sealed class LeftOut(ActionKinds kinds)
{
    /// <summary>
    /// Evidence of what a step's state was seen at when it was left out: <see cref="AsPlanned"/>, or anything else.
    /// </summary>
    public const string Stands = "stands";

    /// <summary>Somebody had brought it there by hand, and it was seen.</summary>
    public const string AsPlanned = "as-planned";

    /// <summary>
    /// Whether leaving the step out takes a second person: it is what the run is for, or the proof of it (rule 10).
    /// </summary>
    public bool TakesTwo(StepDefinition step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return kinds[step.Kind] is { Aside: false };
    }

    /// <summary>Steps that change something, left out, and not seen done by hand.</summary>
    public IReadOnlyList<string> Effects(Run run) => Skipped(run, kind => !kind.Expects);

    /// <summary>Proofs that were left out.</summary>
    public IReadOnlyList<string> Proofs(Run run) => Skipped(run, kind => kind.Expects);

    /// <summary>
    /// What may be said of a run: <c>incomplete</c> and <c>unverified</c> when something was left out, <c>begun</c>
    /// while an effect before <paramref name="ordinal"/> is not done, else <c>done</c>.
    /// </summary>
    public string Standing(Run run, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Effects(run).Count > 0 ? "incomplete"
            : Proofs(run).Count > 0 ? "unverified"
            : run.Steps.Any(s =>
                s.Ordinal < ordinal && s.State is not (StepState.Done or StepState.NothingToDo or StepState.Skipped)
            )
                ? "begun"
            : "done";
    }

    /// <summary>How <c>release_batches</c> calls the end (§8).</summary>
    public string Ending(Run run) =>
        Effects(run).Count > 0 ? "incomplete"
        : Proofs(run).Count > 0 ? "unverified"
        : "verified";

    private List<string> Skipped(Run run, Func<ActionSpec, bool> of)
    {
        ArgumentNullException.ThrowIfNull(run);
        return
        [
            .. run
                .Steps.Where(s => s.State == StepState.Skipped && s.Evidence.GetValueOrDefault(Stands) != AsPlanned)
                .Where(s => kinds[run.Definition.Steps[s.Ordinal].Kind] is { Aside: false } kind && of(kind))
                .Select(s => s.Id),
        ];
    }
}
