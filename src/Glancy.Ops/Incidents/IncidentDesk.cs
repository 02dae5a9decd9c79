using System.Globalization;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Incidents;

/// <summary>What became of a person's word on an incident.</summary>
public abstract record IncidentOutcome
{
    private IncidentOutcome() { }

    /// <summary>It is recorded; the incident as it stands now.</summary>
    public sealed record Accepted(IncidentDetails Details) : IncidentOutcome;

    /// <summary>Nothing changed.</summary>
    /// <param name="Reasons">Everything that stands in the way, when it is more than the refusal itself.</param>
    public sealed record Refused(Refusal Refusal, IReadOnlyList<Refusal> Reasons) : IncidentOutcome;
}

/// <summary>
/// Opens and closes incidents (C3, §5.1); each word is one transaction with its post, its card and its audit event.
/// </summary>
public sealed class IncidentDesk(
    BotDatabase database,
    IncidentStore incidents,
    IncidentLog log,
    EscalationCalls calls,
    Outcalling outcalls,
    DutyRoster roster,
    Permissions permissions,
    TimeProvider clock
)
{
    private const int LongestTitle = 200;
    private const string Commander = "incident-commander";

    /// <summary>
    /// Opens an incident, and the first step of the chain is called; anybody on the roster may. Who holds the role
    /// commands it.
    /// </summary>
    public async Task<IncidentOutcome> OpenAsync(
        Person person,
        Severity severity,
        string title,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(title);
        if (title.Length > LongestTitle)
        {
            return Refuse(new Refusal("bad-parameter", "", "title", title[..40] + "..."));
        }

        var now = clock.GetUtcNow();
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var opened = await database.InTransactionAsync<Result<string>>(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.IncidentOpen, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return refusal;
                }

                var alert = await IncidentTwice.AlertAsync(transaction, title);
                if (await IncidentTwice.RefusalAsync(transaction, title, alert, now) is { } open)
                {
                    return open;
                }

                var commander = onCall.Holders.GetValueOrDefault(Commander, []).Select(p => p.Id).FirstOrDefault();
                var opened = new Incident("", severity, title, now, person.Id, null) { Commander = commander };
                var incident = await IncidentRows.AddAsync(transaction, opened, alert);
                await log.SayAsync(transaction, incident, person.Id, "opened", new Dictionary<string, string>());
                await log.CardAsync(transaction, incident);
                var called = await calls.BeginAsync(transaction, incident, onCall);
                await log.AuditAsync(
                    transaction,
                    new AuditEntry(person.Id, "incident-open", incident.Id)
                    {
                        After = incident.Level,
                        Incident = incident.Id,
                        Detail = new Dictionary<string, string>
                        {
                            ["reason"] = title,
                            ["called"] = string.Join(",", called),
                        },
                    }
                );
                return incident.Id;
            },
            cancellationToken
        );
        return opened.Has(out var id, out var refused) ? await AcceptAsync(id, cancellationToken) : Refuse(refused);
    }

    /// <summary>
    /// Closes an incident, unless anything of it is left, or speaks against its being over: then every reason is told
    /// at once.
    /// </summary>
    /// <param name="anyway">Why it is over although something speaks against it; null when nobody has said so. What is
    /// left of it is not closed over.</param>
    public async Task<IncidentOutcome> CloseAsync(
        Person person,
        string id,
        string reason,
        string? anyway,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var refused = await database.InTransactionAsync<IncidentOutcome?>(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.IncidentClose, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return Refuse(refusal);
                }

                var incident = await IncidentStore.HoldAsync(transaction, id);
                if (incident is null || incident.Closed is not null)
                {
                    return Refuse(IncidentRefusals.NotOpen(id, incident));
                }

                var left = await incidents.InTheWayAsync(transaction, incident);
                var doubts = await IncidentDoubts.OfAsync(transaction, incident);
                if (left.Count > 0 || (doubts.Count > 0 && anyway is null))
                {
                    IReadOnlyList<Refusal> reasons = [.. left, .. anyway is null ? doubts : []];
                    return new IncidentOutcome.Refused(
                        new Refusal(
                            left.Count > 0 ? "incident-not-closable" : "incident-doubtful",
                            "§8",
                            id,
                            reasons.Count.ToString(CultureInfo.InvariantCulture)
                        ),
                        reasons
                    );
                }

                await IncidentRows.ClosedAsync(transaction, id, person.Id, reason, now);
                await EscalationRows.StopAsync(transaction, id);
                await log.HandledAsync(transaction, incident, person.Id);
                await outcalls.CloseAsync(transaction, incident);
                var detail = new Dictionary<string, string> { ["reason"] = reason };
                if (doubts.Count > 0 && anyway is not null)
                {
                    detail["although"] = string.Join(", ", doubts.Select(d => $"{d.Code} {d.Arguments[0]}"));
                    detail["anyway"] = anyway;
                }

                var entry = new AuditEntry(person.Id, "incident-close", id)
                {
                    Before = incident.Level,
                    Incident = id,
                    Detail = detail,
                };
                await log.WriteAsync(
                    transaction,
                    incident,
                    new IncidentWord(detail.Count > 1 ? "closed-anyway" : "closed", detail, entry)
                );
                return null;
            },
            cancellationToken
        );
        return refused ?? await AcceptAsync(id, cancellationToken);
    }

    private static IncidentOutcome.Refused Refuse(Refusal refusal) => new(refusal, []);

    private async Task<IncidentOutcome> AcceptAsync(string id, CancellationToken cancellationToken) =>
        new IncidentOutcome.Accepted(
            await incidents.DetailsAsync(id, cancellationToken)
                ?? throw new InvalidOperationException($"Incident {id} is gone.")
        );
}
