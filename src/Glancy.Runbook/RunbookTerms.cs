using Glancy.Runbook.Procedures;

namespace Glancy.Runbook;

/// <summary>
/// What the product knows and no file says: the kinds of steps and states, what gives arguments, and its own verbs.
/// </summary>
public sealed record RunbookTerms(
    ActionKinds Actions,
    TargetKinds Targets,
    ArgumentSources Sources,
    ReservedVerbs Reserved
)
{
    /// <summary>Nothing at all.</summary>
    public static RunbookTerms None { get; } =
        new(new ActionKinds([]), TargetKinds.None, new ArgumentSources([]), ReservedVerbs.None);
}
