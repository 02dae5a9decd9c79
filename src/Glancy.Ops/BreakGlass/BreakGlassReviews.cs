using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.BreakGlass;

/// <summary>
/// Another person looks at what one did alone; one transaction with its post, its card and its audit event.
/// </summary>
public sealed class BreakGlassReviews(
    BotDatabase database,
    IncidentStore incidents,
    IncidentLog log,
    Permissions permissions,
    TimeProvider clock
)
{
    /// <summary>
    /// Reviews the uses of break-glass under an incident, those of the reviewer's own excepted; for release manager,
    /// incident commander and product owner (rule 5).
    /// </summary>
    public async Task<IncidentOutcome> ReviewAsync(
        Person person,
        string id,
        string note,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var refused = await database.InTransactionAsync(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.IncidentReview, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return refusal;
                }

                // The incident's row makes two reviewers wait for each other.
                if (await IncidentStore.HoldAsync(transaction, id) is not { } incident)
                {
                    return IncidentRefusals.NotOpen(id, null);
                }

                var open = (await IncidentStore.UsesAsync(transaction, id)).Where(u => u.Review is null).ToList();
                var others = open.Where(u => u.Person != person.Id).Select(u => u.RunId).ToArray();
                if (others.Length == 0)
                {
                    return open.Count == 0
                        ? new Refusal("nothing-to-review", "§8", id)
                        : new Refusal("review-own", "§8", person.Id, id);
                }

                await BreakGlassRows.ReviewedAsync(transaction, others, person.Id, may.Role, note, now);
                var runs = string.Join(", ", others.Select(run => $"R-{run}"));
                var detail = new Dictionary<string, string> { ["reason"] = note, ["runs"] = runs };
                var entry = new AuditEntry(person.Id, "incident-review", id)
                {
                    Role = may.Role,
                    Incident = id,
                    Detail = detail,
                };
                await log.WriteAsync(
                    transaction,
                    incident,
                    new IncidentWord(
                        "reviewed",
                        new Dictionary<string, string> { ["runs"] = runs, ["note"] = note },
                        entry
                    )
                );
                return null;
            },
            cancellationToken
        );
        return refused is null
            ? new IncidentOutcome.Accepted(
                await incidents.DetailsAsync(id, cancellationToken)
                    ?? throw new InvalidOperationException($"Incident {id} is gone.")
            )
            : Refuse(refused);
    }

    private static IncidentOutcome.Refused Refuse(Refusal refusal) => new(refusal, []);
}
