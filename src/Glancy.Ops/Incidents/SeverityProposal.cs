using Glancy.Ops.Hooks.Episodes;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Incidents;

/// <summary>How grave it is by the facts (§5.1); a person's word decides.</summary>
/// <param name="Hook">The red light that says so.</param>
/// <param name="Since">Since when it is red.</param>
public sealed record SeverityProposal(Severity Severity, string Hook, DateTimeOffset Since)
{
    /// <summary>
    /// Pure: the gravest of what is red, the oldest of several; null when nothing is, which proves nothing.
    /// </summary>
    public static SeverityProposal? Of(IReadOnlyList<Episode> open, EscalationRules rules)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(rules);
        return open.Select(e => new SeverityProposal(
                rules.Proposals.FirstOrDefault(p => p.Hook == e.Hook)?.Severity ?? Severity.Sev3,
                e.Hook,
                e.FirstRedAt
            ))
            .OrderBy(p => p.Severity)
            .ThenBy(p => p.Since)
            .FirstOrDefault();
    }
}
