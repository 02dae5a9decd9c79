using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Lives;

/// <summary>
/// Where a person says that they have looked at what a restored database has lost, and that work may go on (§8, rule
/// 11).
/// </summary>
public sealed class LifeDesk(LifeStore lives, LifeWatch watch, Permissions permissions)
{
    /// <summary>Null when it is acknowledged now by this word.</summary>
    public async Task<Refusal?> AcknowledgeAsync(Person person, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var may = await permissions.AskAsync(person, PermissionNames.AuditAcknowledge, cancellationToken);
        if (may.Refusal is { } refusal)
        {
            return refusal;
        }

        await watch.LookAsync(cancellationToken);
        var open = await lives.AcknowledgeAsync(person.Id, may.Role, reason, cancellationToken);
        return open ? null : new Refusal("life-not-open", "§8");
    }
}
