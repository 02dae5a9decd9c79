using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Whose confirmations count, and how many it takes (rule 5); pure, so that it can be asked offline.</summary>
public static class Approvals
{
    /// <summary>
    /// How many distinct persons have to confirm: danger two, change one; a draft by the bot one, if its hook is still
    /// red at that moment.
    /// </summary>
    /// <param name="risk">A plan's; a procedure's own <see cref="Risk.Undo"/> counts as danger until a plan says
    /// otherwise.</param>
    public static int PersonsNeeded(Risk risk, bool draftedByBot, bool hookStillRed) =>
        risk switch
        {
            Risk.Danger or Risk.Undo => draftedByBot && hookStillRed ? 1 : 2,
            Risk.Change => 1,
            _ => 0,
        };

    /// <summary>
    /// The confirmations suffice: enough distinct persons, at least one of them in a role of the procedure.
    /// </summary>
    public static bool Suffices(IReadOnlyCollection<Confirmation> confirmations, int needed)
    {
        ArgumentNullException.ThrowIfNull(confirmations);
        return confirmations.Select(c => c.Person).Distinct(StringComparer.Ordinal).Count() >= needed
            && confirmations.Any(c => c.Role is not null);
    }

    /// <summary>Whether the person may confirm: in one of the roles, or as the second where it takes two.</summary>
    /// <param name="wanted">The procedure's roles.</param>
    public static PermissionAnswer MayConfirm(
        Person person,
        IReadOnlyList<string> wanted,
        bool takesTwo,
        OnCall onCall,
        RunbookContent runbook
    )
    {
        var first = PermissionRule.Of(runbook, onCall, person, PermissionNames.RunConfirm, wanted);
        if (first.Refusal is null || !takesTwo)
        {
            return first;
        }

        var second = PermissionRule.Of(runbook, onCall, person, PermissionNames.RunSecond);
        return second.Refusal is null ? new PermissionAnswer(null, null) : first;
    }

    /// <summary>The confirmations of those who are on duty still, each in the role held now.</summary>
    public static IReadOnlyList<Confirmation> Standing(
        IReadOnlyList<Confirmation> confirmations,
        IReadOnlyList<string> wanted,
        OnCall onCall,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(confirmations);
        ArgumentNullException.ThrowIfNull(runbook);
        return
        [
            .. confirmations
                .Where(c => runbook.People.ContainsKey(c.Person))
                .Select(c =>
                    (Given: c, May: MayConfirm(runbook.People[c.Person], wanted, takesTwo: true, onCall, runbook))
                )
                .Where(c => c.May.Refusal is null)
                .Select(c => c.Given with { Role = c.May.Role }),
        ];
    }

    /// <summary>
    /// Whether somebody on duty stands behind an unconfirmed draft: the bot does behind its own, who asked for it, or
    /// who has confirmed. Others wake nobody, and keep nobody's draft away (rule 5). A run that is confirmed is stood
    /// behind.
    /// </summary>
    public static bool StoodBehind(Run run, OnCall onCall, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(runbook);
        return !run.Open
            || run.RequestedBy == Actor.Bot
            || run.Confirmations.Select(c => c.Person)
                .Prepend(run.RequestedBy)
                .Any(person => runbook.People.TryGetValue(person, out var known) && Duties.OnRoster(known, onCall));
    }
}
