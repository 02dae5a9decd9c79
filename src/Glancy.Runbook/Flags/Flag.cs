namespace Glancy.Runbook.Flags;

/// <summary>A feature flag the runbook knows (§2.3).</summary>
/// <param name="Default">The value in normal operation.</param>
/// <param name="Values">The values it may take; empty for a whole number.</param>
/// <param name="KillSwitch">A kill switch; takes the kill switch's risk however it is reached (rule 5).</param>
/// <param name="Affects">Hooks that are explained while the flag is off its default by our own doing (rule 7).</param>
/// <param name="Recovers">Hooks, and lines of SOPs such as <c>sop/exports/depth</c>, that have to be recovered before
/// one person may take a change of it back (§7.2.5); empty when nothing says so.</param>
public sealed record Flag(
    string Name,
    Words Title,
    string Default,
    IReadOnlyList<string> Values,
    bool KillSwitch,
    IReadOnlyList<string> Affects,
    IReadOnlyList<string> Recovers,
    string Section
);

/// <summary>What holds for every lease (rule 7).</summary>
/// <param name="UndoFree">How long after the change one person may take it back without more.</param>
/// <param name="RemindEvery">After how long it is reminded of first: then after twice and four times that, and at the
/// ends of shifts.</param>
public sealed record LeaseRules(TimeSpan UndoFree, TimeSpan RemindEvery);
