using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.BreakGlass;

/// <summary>
/// Who may break the glass, for what, and who looks at it afterwards (rule 5); pure, so that it can be asked offline.
/// </summary>
public static class BreakGlassRule
{
    /// <summary>Who is paged before anything happens.</summary>
    public static IReadOnlyList<string> Paged { get; } = ["release-manager", "primary"];

    /// <summary>The role in which the person may; null when in none.</summary>
    public static string? RoleOf(Person person, OnCall onCall, RunbookContent runbook) =>
        PermissionRule.Of(runbook, onCall, person, PermissionNames.RunBreakGlass).Role;

    /// <summary>The newest open Sev-1; null when there is none.</summary>
    public static Incident? Sev1(IReadOnlyList<Incident> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return open.Where(i => i is { Severity: Severity.Sev1, Closed: null }).MaxBy(i => i.OpenedAt);
    }

    /// <summary>Why the person may not confirm the procedure by break-glass now; null when it may be done.</summary>
    /// <param name="open">The incidents that are open now.</param>
    public static Refusal? Objection(
        Procedure procedure,
        Person person,
        OnCall onCall,
        IReadOnlyList<Incident> open,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(runbook);
        if (!procedure.BreakGlass)
        {
            var those = runbook
                .Procedures.Values.Where(p => p.BreakGlass)
                .Select(p => p.Id)
                .Order(StringComparer.Ordinal);
            return new Refusal("no-break-glass", "§4.4", procedure.Id, string.Join(",", those));
        }

        if (PermissionRule.Of(runbook, onCall, person, PermissionNames.RunBreakGlass).Refusal is { } refusal)
        {
            return refusal;
        }

        return Sev1(open) is not null
            ? null
            : new Refusal("no-open-sev1", "§5.1", string.Join(", ", open.Select(i => $"{i.Id} {i.Level}")));
    }
}
