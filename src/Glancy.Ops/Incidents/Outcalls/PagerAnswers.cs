using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>What became of something that PagerDuty said.</summary>
public enum PagerTaken
{
    /// <summary>It is written down, or was already.</summary>
    Heard,

    /// <summary>It is not of an incident of ours, or changes nothing of who has it.</summary>
    NotOurs,

    /// <summary>For which incident it is could not be asked; PagerDuty says it again.</summary>
    Later,
}

/// <summary>
/// What people do at PagerDuty counts here (C2): who acknowledges or resolves the alert there has the incident. Whom
/// <c>people.yaml</c> does not know, and what nobody did, leaves it with nobody; PagerDuty rings no more then, so our
/// own chain goes on, and the thread says why.
/// </summary>
public sealed class PagerAnswers(
    BotDatabase database,
    IncidentResponse response,
    IncidentLog log,
    Outcalling outcalls,
    PagerDutyAlerts alerts,
    RunbookHolder runbook,
    IOptions<ReplicaOptions> options,
    TimeProvider clock
)
{
    private const string Acknowledged = "incident.acknowledged";
    private const string Resolved = "incident.resolved";
    private const int LongestName = 80;

    /// <summary>Takes one word; the same word again changes nothing.</summary>
    public async Task<PagerTaken> TakeAsync(PagerWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (
            word is not { Type: Acknowledged or Resolved, Merged: false, Incident: { } theirs }
            || (word.User is null && word.Type == Acknowledged)
        )
        {
            return PagerTaken.NotOurs;
        }

        // An incident made of several alerts may be of several of ours; its own key is one of theirs, and need not wait
        // for the others.
        var asked = await alerts.KeysAsync(theirs, cancellationToken);
        var incidents = (asked ?? []).Append(word.Key ?? "").Select(Ours).OfType<string>().Distinct().ToList();
        var person = word.User is { } user
            ? runbook.Current.People.Values.FirstOrDefault(p => p.PagerDuty == user)
            : null;
        foreach (var incident in incidents)
        {
            await HearAsync(word, person, incident, cancellationToken);
        }

        return asked is null ? PagerTaken.Later
            : incidents.Count > 0 ? PagerTaken.Heard
            : PagerTaken.NotOurs;
    }

    private string? Ours(string key) => Outcall.IncidentOf(options.Value.Environment, key);

    private async Task HearAsync(PagerWord word, Person? person, string id, CancellationToken cancellationToken)
    {
        if (person is not null)
        {
            // Refused where somebody has it already, it is over, or this is of an alert before: nothing is left to do
            // then.
            await response.AcknowledgeAsync(person, id, AckWay.PagerDuty(word.At), cancellationToken);
        }

        if (person is null || word.Type == Resolved)
        {
            await database.InTransactionAsync(
                transaction => SayAsync(transaction, word, person, id),
                cancellationToken
            );
        }
    }

    private async Task SayAsync(Transaction transaction, PagerWord word, Person? person, string id)
    {
        if (
            await IncidentStore.HoldAsync(transaction, id) is not { Closed: null } incident
            || Kind(word, incident) is not { } kind
            || !await OutcallRows.IsOfAlertAsync(transaction, id, word.At)
            || (word.User is null && await OutcallRows.WasEndedAsync(transaction, id))
            || await IncidentEvents.HasAsync(transaction, id, "event", word.Id)
        )
        {
            return;
        }

        if (incident.Acknowledged is null && await EscalationRows.GetAsync(transaction, id) is { } at)
        {
            await outcalls.LeaveAsync(transaction, incident, ended: word.Type == Resolved);
            await EscalationRows.PutAsync(transaction, id, at with { DueAt = clock.GetUtcNow() });
        }

        var facts = new Dictionary<string, string>
        {
            ["name"] = word.UserName.Length > LongestName ? word.UserName[..LongestName] : word.UserName,
            ["event"] = word.Id,
        };
        await log.WriteAsync(
            transaction,
            incident,
            new IncidentWord(
                kind,
                facts,
                new AuditEntry(person?.Id ?? Actor.Bot, "incident-" + kind, id) { Incident = id, Detail = facts }
            )
        );
    }

    // What there is to say; null where somebody has it and nothing follows.
    private static string? Kind(PagerWord word, Incident incident) =>
        (word, incident.Acknowledged) switch
        {
            ({ User: null }, null) => "pager-ended",
            ({ User: null }, _) => null,
            ({ Type: Resolved }, null) => "pager-left",
            ({ Type: Resolved }, _) => "pager-resolved",
            (_, null) => "pager-stranger",
            _ => null,
        };
}
