using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Leases;

/// <summary>What became of a person's wish to end a lease.</summary>
public abstract record LeaseOutcome
{
    private LeaseOutcome() { }

    /// <summary>A run that takes it back is drafted and waits for its confirmation.</summary>
    public sealed record Drafted(Run Run) : LeaseOutcome;

    /// <summary>Somebody drafted that before, and it waits.</summary>
    public sealed record Waits(Run Run) : LeaseOutcome;

    /// <summary>It has ended; production was not touched.</summary>
    public sealed record Ended(Lease Lease) : LeaseOutcome;

    /// <summary>Nothing happened.</summary>
    public sealed record Refused(Refusal Refusal) : LeaseOutcome;
}

/// <summary>Lists leases and ends them on a person's word (rule 7).</summary>
public sealed class LeaseDesk(
    BotDatabase database,
    LeaseStore leases,
    Targets targets,
    Drafts drafts,
    Permissions permissions,
    NoticeBoard notices,
    AuditLog audit,
    RunbookHolder runbook
)
{
    /// <summary>
    /// Drafts the run that gives the prior value back. Where another lease stands above it nothing has to be set: it
    /// ends at once, and its prior value returns with the last one.
    /// </summary>
    public async Task<LeaseOutcome> RevertAsync(
        long id,
        Person person,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await leases.FindAsync(id, cancellationToken) is not { } lease)
        {
            return Refuse(new Refusal("unknown-lease", "§7.2", LeaseName.Of(id)));
        }

        if (lease.EndedAt is not null)
        {
            return Refuse(AlreadyEnded(lease));
        }

        if (targets.Find(lease.Target)?.Revert(lease.Target, lease.Prior) is not { } way)
        {
            return Refuse(new Refusal("unparsable-output", "§2.3", lease.Prior));
        }

        var above = (await leases.OpenAsync(cancellationToken)).Any(l => l.Target == lease.Target && l.Id > lease.Id);
        if (above)
        {
            var roles = runbook.Current.Procedures[way.Procedure].Roles;
            var asked = new Asked(PermissionNames.LeaseRelease, roles);
            return await EndAsync(lease, person, asked, reason, LeaseEnd.Released, cancellationToken);
        }

        var outcome = await drafts.DraftAsync(
            way.Procedure,
            Arguments(lease, way, reason),
            person,
            reason,
            cancellationToken
        );
        return outcome switch
        {
            DraftOutcome.Refused refused => Refuse(refused.Refusal),
            DraftOutcome.Waits waits => new LeaseOutcome.Waits(waits.Run),
            DraftOutcome.Drafted drafted => new LeaseOutcome.Drafted(drafted.Run),
            _ => throw new InvalidOperationException("A draft is neither drafted nor refused."),
        };
    }

    /// <summary>
    /// Lets the value stand as it is, ours or not: the change is not temporary any more. The RM's, with a reason.
    /// </summary>
    public async Task<LeaseOutcome> KeepAsync(
        long id,
        Person person,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var asked = new Asked(PermissionNames.LeaseKeep, []);
        return await leases.FindAsync(id, cancellationToken) is { } lease
            ? await EndAsync(lease, person, asked, reason, LeaseEnd.Kept, cancellationToken)
            : Refuse(new Refusal("unknown-lease", "§7.2", LeaseName.Of(id)));
    }

    private async Task<LeaseOutcome> EndAsync(
        Lease lease,
        Person person,
        Asked asked,
        string reason,
        LeaseEnd how,
        CancellationToken cancellationToken
    )
    {
        var refusal = await database.InTransactionAsync(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, asked.Permission, asked.Roles, cancellationToken);
                if (may.Refusal is { } no)
                {
                    return no;
                }

                await LeaseStore.LockAsync(transaction, lease.Target);
                if (await UnderWayAsync(transaction, lease) is { } run)
                {
                    return new Refusal("key-held", "§4.4", lease.Target, "R-" + run);
                }

                if (
                    how == LeaseEnd.Released
                    && await leases.TopAsync(transaction, lease.Target) is { } top
                    && top.Id == lease.Id
                )
                {
                    // What stood above it has ended in between: now something would have to be set.
                    return new Refusal("lease-moved", "§7.2", lease.Name);
                }

                if (!await leases.EndAsync(transaction, lease.Id, how, person.Id, null))
                {
                    return AlreadyEnded(lease);
                }

                var said = new Dictionary<string, string>
                {
                    ["lease"] = lease.Name,
                    ["says"] = lease.Says,
                    ["person"] = person.Id,
                    ["reason"] = reason,
                };
                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"lease:{lease.Id}:ended",
                        "post",
                        how == LeaseEnd.Kept ? "lease-kept" : "lease-released",
                        said
                    )
                );
                await audit.AppendAsync(transaction, Entry(lease, person, may.Role, reason, how));
                return null;
            },
            cancellationToken
        );
        return refusal is not null
            ? Refuse(refusal)
            : new LeaseOutcome.Ended(await leases.FindAsync(lease.Id, cancellationToken) ?? lease);
    }

    // A confirmed run that takes back a lease of this target has counted on the stack as it is.
    private static async Task<long?> UnderWayAsync(Transaction transaction, Lease lease)
    {
        var runs = await transaction.QueryAsync<long>(
            """
            select r.id from glancy.run r join glancy.lease l on 'L-' || l.id = r.arguments ->> 'lease'
             where r.finished_at is null and r.confirmed_at is not null and l.target = @Target
               and not exists (select 1 from glancy.lease own where own.id = l.id and own.released_at is not null)
             limit 1
            """,
            new { lease.Target }
        );
        return runs.Count == 0 ? null : runs[0];
    }

    private static AuditEntry Entry(Lease lease, Person person, string? role, string reason, LeaseEnd how)
    {
        var detail = new Dictionary<string, string> { ["lease"] = lease.Name, ["reason"] = reason };
        return how == LeaseEnd.Kept
            ? new AuditEntry(person.Id, "lease-keep", lease.Target)
            {
                Role = role,
                Before = lease.Prior,
                After = lease.Value,
                Detail = detail,
            }
            : new AuditEntry(person.Id, "lease-release", lease.Target) { Role = role, Detail = detail };
    }

    private static Dictionary<string, string> Arguments(Lease lease, WayToRevert way, string reason) =>
        new(way.Arguments)
        {
            ["lease"] = lease.Name,
            ["from"] = lease.Value,
            ["reason"] = reason,
        };

    private static Refusal AlreadyEnded(Lease lease) => new("lease-ended", "§7.2", lease.Name);

    private static LeaseOutcome.Refused Refuse(Refusal refusal) => new(refusal);
}
