using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What a run will do, computed from the procedure, its arguments and what was observed; nothing else goes in.
/// </summary>
/// <param name="Hash">SHA-256, hex, over everything below that a person confirms (rule 3); titles and commands follow
/// from it.</param>
/// <param name="Prior">Controlled state as observed: <c>flag/name</c>, <c>release/prod</c>,
/// <c>digest/command</c>.</param>
public sealed record Plan(
    string Hash,
    string Procedure,
    string ContentHash,
    Risk Risk,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Keys,
    IReadOnlyDictionary<string, string> Arguments,
    IReadOnlyDictionary<string, string> Prior,
    IReadOnlyList<PlannedStep> Steps
)
{
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
