using System.Globalization;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Incidents;

/// <summary>
/// What people say while an incident goes on (C3): that they have it, how grave it is, who commands it, and what they
/// saw. Anybody on the roster may; each word is one transaction with its post, its card and its audit event.
/// </summary>
public sealed class IncidentResponse(
    BotDatabase database,
    IncidentStore incidents,
    IncidentLog log,
    EscalationCalls calls,
    Outcalling outcalls,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private const int LongestNote = 1_000;

    /// <summary>"I have it": nobody is called any more.</summary>
    /// <param name="id">Null for the only one that nobody has.</param>
    public async Task<IncidentOutcome> AcknowledgeAsync(
        Person person,
        string? id,
        AckWay way,
        CancellationToken cancellationToken
    )
    {
        if (id is not null)
        {
            return await TakeAsync(person, id, way, cancellationToken);
        }

        var open = await incidents.OpenAsync(cancellationToken);
        var waiting = open.Where(i => i.Acknowledged is null).Select(i => i.Id).ToList();
        return (waiting, open) switch
        {
            ([var one], _) => await TakeAsync(person, one, way, cancellationToken),
            // Who has it already is said by the refusal.
            ([], [{ Id: var held }]) => await TakeAsync(person, held, way, cancellationToken),
            ([], _) => Refuse(new Refusal("nothing-to-acknowledge", "§5.1")),
            _ => Refuse(new Refusal("acknowledge-which", "§5.1", string.Join(", ", waiting))),
        };
    }

    private Task<IncidentOutcome> TakeAsync(
        Person person,
        string id,
        AckWay way,
        CancellationToken cancellationToken
    ) =>
        SayAsync(
            person,
            id,
            // Whoever was called may, on the roster or not.
            way is { Name: not null }
                ? null
                : PermissionNames.IncidentAck,
            async (transaction, incident, onCall) =>
            {
                if (incident.Acknowledged is { } hand)
                {
                    return new Refusal(
                        "incident-acknowledged",
                        "§5.1",
                        id,
                        hand.By,
                        hand.At.ToString("O", CultureInfo.InvariantCulture)
                    );
                }

                if (way.At is { } at && !await OutcallRows.IsOfAlertAsync(transaction, id, at))
                {
                    return new Refusal("pager-word-late", "§5.1", id, at.ToString("O", CultureInfo.InvariantCulture));
                }

                var role = onCall.RolesOf(person) is [var first, ..] ? first : null;
                await IncidentRows.AcknowledgedAsync(transaction, id, person.Id, clock.GetUtcNow());
                await EscalationRows.StopAsync(transaction, id);
                await log.HandledAsync(transaction, incident, person.Id);
                await outcalls.AcknowledgeAsync(transaction, incident, tellPager: way.At is null);
                var entry = new AuditEntry(person.Id, "incident-ack", id)
                {
                    Role = role,
                    Incident = id,
                    Detail = way.Name is { } name ? new Dictionary<string, string> { ["by"] = name } : null,
                };
                await log.WriteAsync(
                    transaction,
                    incident,
                    new IncidentWord("acknowledged", new Dictionary<string, string>(), entry)
                );
                return null;
            },
            cancellationToken
        );

    /// <summary>
    /// Raised, it has to be acknowledged anew, with the clock of the new severity; lowered, it stays in the hands it is
    /// in.
    /// </summary>
    public Task<IncidentOutcome> RegradeAsync(
        Person person,
        string id,
        Severity severity,
        string reason,
        CancellationToken cancellationToken
    ) =>
        SayAsync(
            person,
            id,
            PermissionNames.IncidentSeverity,
            async (transaction, incident, onCall) =>
            {
                if (incident.Severity == severity)
                {
                    return new Refusal("incident-severity-same", "§5.1", id, incident.Level);
                }

                var raised = severity < incident.Severity;
                var now = incident with { Severity = severity, Acknowledged = raised ? null : incident.Acknowledged };
                await IncidentRows.RegradedAsync(transaction, id, severity, raised);
                var facts = new Dictionary<string, string> { ["before"] = incident.Level, ["reason"] = reason };
                await log.SayAsync(transaction, now, person.Id, raised ? "raised" : "lowered", facts);
                if (raised)
                {
                    await calls.BeginAsync(transaction, now, onCall);
                }
                else
                {
                    await SlowDownAsync(transaction, incident, now);
                }

                await log.CardAsync(transaction, now);
                await log.AuditAsync(
                    transaction,
                    new AuditEntry(person.Id, "incident-severity", id)
                    {
                        Before = incident.Level,
                        After = now.Level,
                        Incident = id,
                        Detail = new Dictionary<string, string> { ["reason"] = reason },
                    }
                );
                return null;
            },
            cancellationToken
        );

    /// <summary>Takes the command, or hands it to somebody else on the roster.</summary>
    /// <param name="to">A person's id; null for the one who says it.</param>
    public Task<IncidentOutcome> CommandAsync(
        Person person,
        string id,
        string? to,
        string reason,
        CancellationToken cancellationToken
    ) =>
        SayAsync(
            person,
            id,
            PermissionNames.IncidentCommand,
            async (transaction, incident, onCall) =>
            {
                var next = to ?? person.Id;
                if (OverrideRules.Nobody(runbook.Current, next) is { } nobody)
                {
                    return nobody;
                }

                var commander = runbook.Current.People[next];

                if (!Duties.OnRoster(commander, onCall))
                {
                    return new Refusal("commander-not-on-roster", "§1.1", next, id);
                }

                if (incident.Commander == next)
                {
                    return new Refusal("commander-already", "§1.1", next, id);
                }

                await IncidentRows.CommandedAsync(transaction, id, next);
                var facts = new Dictionary<string, string> { ["given"] = next, ["reason"] = reason };
                var entry = new AuditEntry(person.Id, "incident-command", id)
                {
                    Before = incident.Commander,
                    After = next,
                    Incident = id,
                    Detail = new Dictionary<string, string> { ["reason"] = reason },
                };
                await log.WriteAsync(
                    transaction,
                    incident with
                    {
                        Commander = next,
                    },
                    new IncidentWord("command", facts, entry)
                );
                return null;
            },
            cancellationToken
        );

    /// <summary>A note for the timeline; a closed incident takes notes too.</summary>
    public Task<IncidentOutcome> NoteAsync(Person person, string id, string note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.Length > LongestNote
            ? Task.FromResult<IncidentOutcome>(Refuse(new Refusal("bad-parameter", "", "note", note[..40] + "...")))
            : SayAsync(
                person,
                id,
                PermissionNames.IncidentNote,
                async (transaction, incident, _) =>
                {
                    var facts = new Dictionary<string, string> { ["note"] = note };
                    await log.WriteAsync(
                        transaction,
                        incident,
                        new IncidentWord(
                            "note",
                            facts,
                            new AuditEntry(person.Id, "incident-note", id) { Incident = id, Detail = facts }
                        )
                    );
                    return null;
                },
                cancellationToken,
                closedToo: true
            );
    }

    /// <summary>A message for the timeline, once in each incident.</summary>
    /// <param name="id">Null for the only one that is open.</param>
    public async Task<IncidentOutcome> PinAsync(
        Person person,
        string? id,
        PinnedMessage message,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!PinnedMessage.IsLink(message.Link))
        {
            return Refuse(
                new Refusal("bad-link", "§5.1", message.Link.Length > 80 ? message.Link[..80] + "..." : message.Link)
            );
        }

        if (message.Words.Length > LongestNote)
        {
            return Refuse(new Refusal("bad-parameter", "", "words", message.Words[..40] + "..."));
        }

        if (id is null)
        {
            var open = await incidents.OpenAsync(cancellationToken);
            if (open is not [var only])
            {
                return Refuse(
                    open.Count == 0
                        ? new Refusal("no-open-incident", "§5.1", message.Link)
                        : new Refusal("which-incident", "§5.1", string.Join(", ", open.Select(i => i.Id)), message.Link)
                );
            }

            id = only.Id;
        }

        return await SayAsync(
            person,
            id,
            PermissionNames.IncidentPin,
            async (transaction, incident, _) =>
            {
                // The incident's row is held: who comes second sees the first one's line.
                if (await IncidentEvents.HasAsync(transaction, id, "source", message.Source))
                {
                    return new Refusal("pin-known", "§5.1", id);
                }

                var facts = new Dictionary<string, string>
                {
                    ["words"] = message.Words,
                    ["link"] = message.Link,
                    ["source"] = message.Source,
                };
                if (message.SaidBy is { Length: > 0 } by)
                {
                    facts["by"] = by;
                }

                await log.WriteAsync(
                    transaction,
                    incident,
                    new IncidentWord(
                        message.SaidBy is { Length: > 0 } ? "pinned-by" : "pinned",
                        facts,
                        new AuditEntry(person.Id, "incident-pin", id) { Incident = id, Detail = facts }
                    )
                );
                return null;
            },
            cancellationToken,
            closedToo: true
        );
    }

    private static IncidentOutcome.Refused Refuse(Refusal refusal) => new(refusal, []);

    // The step that was called gets the time of the new severity; where PagerDuty had it and has it no more, our chain
    // goes on.
    private async Task SlowDownAsync(Transaction transaction, Incident before, Incident now)
    {
        var rules = runbook.Current.Escalation;
        var (shorter, longer) = (rules.Of(before.Severity).Acknowledge, rules.Of(now.Severity).Acknowledge);
        var taken = await outcalls.LowerAsync(transaction, now);
        if (
            now.Acknowledged is null
            && await EscalationRows.GetAsync(transaction, now.Id) is { } at
            && (at.DueAt is not null || taken)
        )
        {
            await EscalationRows.PutAsync(
                transaction,
                now.Id,
                at with
                {
                    DueAt = at.DueAt is { } due ? due + longer - shorter : clock.GetUtcNow() + longer,
                }
            );
        }
    }

    private async Task<IncidentOutcome> SayAsync(
        Person person,
        string id,
        PermissionName? permission,
        Func<Transaction, Incident, OnCall, Task<Refusal?>> say,
        CancellationToken cancellationToken,
        bool closedToo = false
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var refused = await database.InTransactionAsync(
            async transaction =>
            {
                var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
                var may = permission is null ? null : PermissionRule.Of(runbook.Current, onCall, person, permission);
                if (may is { Refusal: { } refusal })
                {
                    return refusal;
                }

                var incident = await IncidentStore.HoldAsync(transaction, id);
                return incident is null || (incident.Closed is not null && !closedToo)
                    ? IncidentRefusals.NotOpen(id, incident)
                    : await say(transaction, incident, onCall);
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
}
