using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Lives;

/// <summary>Where a person says that they have looked at what a restored database has lost, and that work may go on (§8, rule 11).</summary>
public sealed class LifeDesk(LifeStore lives, LifeWatch watch, DutyRoster roster, RunbookHolder runbook, TimeProvider clock)
{
    private static readonly string[] May = ["release-manager", "primary"];

    /// <summary>Null when it is acknowledged now by this word.</summary>
    public async Task<Refusal?> AcknowledgeAsync(Person person, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        if (Duties.RoleFor(person, May, onCall, runbook.Current.Roles) is not { } role)
        {
            return Duties.NotOnCall(person, May, onCall, runbook.Current.Roles);
        }

        await watch.LookAsync(cancellationToken);
        return await lives.AcknowledgeAsync(person.Id, role, reason, cancellationToken) ? null : new Refusal("life-not-open", "§8");
    }
}
