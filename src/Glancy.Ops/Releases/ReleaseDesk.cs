using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Releases;

/// <summary>Freezes the release train by hand (rule 6).</summary>
public sealed class ReleaseDesk(
    BotDatabase database,
    FreezeStore freezes,
    Permissions permissions,
    NoticeBoard notices,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>Freezes the train; null when it is frozen now by this word.</summary>
    public async Task<Refusal?> FreezeAsync(Person person, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        return await database.InTransactionAsync(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.ReleaseFreeze, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return refusal;
                }

                if (!await FreezeStore.SetAsync(transaction, new Freeze(now, person.Id, reason, null)))
                {
                    var standing = await freezes.GetAsync(cancellationToken);
                    return new Refusal("already-frozen", "§4.4", standing?.By ?? "", standing?.Reason ?? "");
                }

                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        "freeze:" + now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                        "post",
                        "freeze-by-person",
                        new Dictionary<string, string> { ["person"] = person.Id, ["reason"] = reason }
                    )
                );
                var detail = new Dictionary<string, string> { ["reason"] = reason };
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "release-freeze", "prod")
                    {
                        Role = may.Role,
                        After = "frozen",
                        Detail = detail,
                    }
                );
                return null;
            },
            cancellationToken
        );
    }
}
