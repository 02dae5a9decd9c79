using Glancy.Ops.Kernel;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>In which role somebody on duty may do what a list of roles is asked for (§1.1); pure.</summary>
public static class Duties
{
    /// <summary>
    /// The procedure's role in which the person may confirm; null when in none. Secondary stands in for Primary.
    /// </summary>
    public static string? RoleFor(
        Person person,
        IReadOnlyList<string> wanted,
        OnCall onCall,
        IReadOnlyDictionary<string, Role> roles
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(onCall);
        var held = onCall.RolesOf(person);
        return wanted.FirstOrDefault(held.Contains)
            ?? held.FirstOrDefault(role =>
                roles.TryGetValue(role, out var known) && known.StandsInFor.Any(wanted.Contains)
            );
    }

    /// <summary>Whether the person is on duty in any role: enough for the second person.</summary>
    public static bool OnRoster(Person person, OnCall onCall)
    {
        ArgumentNullException.ThrowIfNull(onCall);
        return onCall.RolesOf(person).Count > 0;
    }

    /// <summary>The refusal of somebody whose role does not reach.</summary>
    public static Refusal NotOnCall(
        Person person,
        IReadOnlyList<string> wanted,
        OnCall onCall,
        IReadOnlyDictionary<string, Role> roles
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(onCall);
        var holders = onCall
            .Holders.Values.SelectMany(p => p)
            .Where(p => RoleFor(p, wanted, onCall, roles) is not null)
            .Select(p => p.Id)
            .Distinct();
        return OnRoster(person, onCall)
            ? new Refusal("not-on-call", "§1.1", person.Id, string.Join(",", wanted), string.Join(",", holders))
            : new Refusal("not-on-roster", "§1.1", person.Id, string.Join(",", holders));
    }
}
