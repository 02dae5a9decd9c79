using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What a run will do, computed from the procedure, its arguments and what was observed; nothing else goes in.
/// </summary>
public sealed record Plan
{
    /// <summary>
    /// SHA-256, hex, over everything below that a person confirms (rule 3); titles and commands follow from it.
    /// </summary>
    public required string Hash { get; init; }

    public required string Procedure { get; init; }

    public required string ContentHash { get; init; }

    public required Risk Risk { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    /// <summary>Controlled state as observed: <c>flag/name</c>, <c>release/prod</c>, <c>digest/command</c>.</summary>
    public required IReadOnlyDictionary<string, string> Prior { get; init; }

    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>The short form a person copies to confirm exactly this plan.</summary>
    public string Code => Hash[..6];
}

/// <summary>One step of a plan.</summary>
/// <param name="Command">What a person would type to do it by hand; empty for checks that have no command.</param>
/// <param name="Changes">Each state the step changes: current -> desired.</param>
public sealed record PlannedStep(
    string Id,
    string Kind,
    Words Title,
    StepPhase Phase,
    EffectClass Effect,
    string Command,
    IReadOnlyList<PlannedChange> Changes
);

/// <summary>A change of controlled state.</summary>
/// <param name="State">For example <c>flag/glancy.lookup.force_basic</c>.</param>
/// <param name="Current">Values the state may have when the step starts, the likeliest first.</param>
/// <param name="ByScript">Declared of a script: it happens inside the command, not by a step of its own.</param>
public sealed record PlannedChange(string State, IReadOnlyList<string> Current, string Desired, bool ByScript);
