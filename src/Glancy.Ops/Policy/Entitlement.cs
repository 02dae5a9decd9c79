using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Policy;

/// <summary>Who may confirm what (rule 5); pure, so that it can be asked offline.</summary>
public static class Entitlement
{
    /// <summary>The procedure's role in which the person may confirm; null when in none. Secondary stands in for Primary.</summary>
    public static string? RoleFor(Person person, IReadOnlyList<string> wanted, OnCall onCall, IReadOnlyDictionary<string, Role> roles)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(onCall);
        var held = onCall.RolesOf(person);
        return wanted.FirstOrDefault(held.Contains)
            ?? held.FirstOrDefault(role => roles.TryGetValue(role, out var known) && known.StandsInFor.Any(wanted.Contains));
    }

    /// <summary>Whether the person is on duty in any role: enough for the second person.</summary>
    public static bool OnRoster(Person person, OnCall onCall)
    {
        ArgumentNullException.ThrowIfNull(onCall);
        return onCall.RolesOf(person).Count > 0;
    }

    /// <summary>
    /// How many distinct persons have to confirm: danger two, change one; a draft by the bot one, if its hook is still red at that moment.
    /// </summary>
    /// <param name="risk">A plan's; a procedure's own <see cref="Risk.Undo"/> counts as danger until a plan says otherwise.</param>
    public static int PersonsNeeded(Risk risk, bool draftedByBot, bool hookStillRed) => risk switch
    {
        Risk.Danger or Risk.Undo => draftedByBot && hookStillRed ? 1 : 2,
        Risk.Change => 1,
        _ => 0,
    };

    /// <summary>The confirmations suffice: enough distinct persons, at least one of them in a role of the procedure.</summary>
    public static bool Suffices(IReadOnlyCollection<Confirmation> confirmations, int needed)
    {
        ArgumentNullException.ThrowIfNull(confirmations);
        return confirmations.Select(c => c.Person).Distinct(StringComparer.Ordinal).Count() >= needed && confirmations.Any(c => c.Role is not null);
    }

    /// <summary>The confirmations of those who are on duty still, each in the role held now.</summary>
    public static IReadOnlyList<Confirmation> Standing(
        IReadOnlyList<Confirmation> confirmations, IReadOnlyList<string> wanted, OnCall onCall, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(confirmations);
        ArgumentNullException.ThrowIfNull(runbook);
        return [.. confirmations
            .Where(c => runbook.People.TryGetValue(c.Person, out var person) && OnRoster(person, onCall))
            .Select(c => c with { Role = RoleFor(runbook.People[c.Person], wanted, onCall, runbook.Roles) })];
    }

    /// <summary>
    /// Whether somebody on duty stands behind an unconfirmed draft: the bot does behind its own, who asked for it, or who has confirmed. Others
    /// wake nobody, and keep nobody's draft away (rule 5). A run that is confirmed is stood behind.
    /// </summary>
    public static bool StoodBehind(Run run, OnCall onCall, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(runbook);
        return !run.Open || run.RequestedBy == Actor.Bot || run.Confirmations.Select(c => c.Person).Prepend(run.RequestedBy)
            .Any(person => runbook.People.TryGetValue(person, out var known) && OnRoster(known, onCall));
    }

    /// <summary>The refusal of somebody whose role does not reach.</summary>
    public static Refusal NotOnCall(Person person, IReadOnlyList<string> wanted, OnCall onCall, IReadOnlyDictionary<string, Role> roles)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(onCall);
        var holders = onCall.Holders.Values.SelectMany(p => p).Where(p => RoleFor(p, wanted, onCall, roles) is not null).Select(p => p.Id).Distinct();
        return OnRoster(person, onCall)
            ? new Refusal("not-on-call", "§1.1", person.Id, string.Join(",", wanted), string.Join(",", holders))
            : new Refusal("not-on-roster", "§1.1", person.Id, string.Join(",", holders));
    }
}
