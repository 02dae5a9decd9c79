using System.Globalization;
using Glancy.Ops.Audit;
using Glancy.Ops.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Incidents;

/// <summary>Calls the steps of the chain for an incident (C2): a page in the channel, and a message to each who is called.</summary>
public sealed class EscalationCalls(IncidentLog log, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>The clock starts, and the first step is called at once; the incident's row is held. Leaves the card and the audit to the caller.</summary>
    /// <returns>Who was called.</returns>
    internal async Task<IReadOnlyList<string>> BeginAsync(Transaction transaction, Incident incident, OnCall onCall)
    {
        var now = clock.GetUtcNow();
        var calls = (await EscalationRows.GetAsync(transaction, incident.Id))?.Calls ?? 0;
        var turn = await TurnAsync(transaction, incident, new IncidentClock(now, 0, calls, now), now, onCall);
        return Called(turn);
    }

    /// <summary>Calls the next step if one is due, and true then. Two that come at once wait for each other at the incident's row.</summary>
    internal async Task<bool> NextAsync(Transaction transaction, string id, OnCall onCall)
    {
        var now = clock.GetUtcNow();
        if (await IncidentStore.HoldAsync(transaction, id) is not { Closed: null, Acknowledged: null } incident
            || await EscalationRows.GetAsync(transaction, id) is not { DueAt: { } due } at || due > now)
        {
            return false;
        }

        var turn = await TurnAsync(transaction, incident, at, due, onCall);
        await log.CardAsync(transaction, incident);
        await log.AuditAsync(transaction, new AuditEntry(Run.Bot, "incident-call", id, After: string.Join(",", Called(turn)), Incident: id, Detail: Facts(turn)));
        return true;
    }

    private static string[] Called(EscalationTurn turn) => [.. turn.Call?.Persons.Select(p => p.Id) ?? []];

    private async Task<EscalationTurn> TurnAsync(Transaction transaction, Incident incident, IncidentClock at, DateTimeOffset due, OnCall onCall)
    {
        var rules = runbook.Current.Escalation;
        var turn = EscalationTurn.Of(rules.Chain, rules.Of(incident.Severity).Acknowledge, at.Step, due, clock.GetUtcNow(), onCall);
        var number = at.Calls + 1;
        foreach (var step in turn.PassedOver)
        {
            await log.SayAsync(transaction, incident, Run.Bot, "passed-over", new Dictionary<string, string> { ["to_roles"] = string.Join(",", step.Roles) });
        }

        if (turn.ChainEnded)
        {
            await log.SayAsync(transaction, incident, Run.Bot, "chain-ended", new Dictionary<string, string>());
        }

        await log.EventAsync(transaction, incident, Run.Bot, turn.Call is null ? "called-nobody" : IncidentEvents.Called, Facts(turn));
        await PageAsync(transaction, incident, turn, number);
        await EscalationRows.PutAsync(transaction, incident.Id, at with { Step = turn.Next, Calls = number, DueAt = turn.DueAt });
        return turn;
    }

    private async Task PageAsync(Transaction transaction, Incident incident, EscalationTurn turn, int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"incident:{incident.Id}:call:{number}");
        if (turn.Call is not { } call)
        {
            await log.CallAsync(transaction, incident, key, "page", "page-incident-nobody", Facts(turn));
            return;
        }

        await log.CallAsync(transaction, incident, key, "page", "page-incident", Facts(turn));
        foreach (var person in call.Persons.Where(p => p.Slack is not null))
        {
            await log.CallAsync(transaction, incident, $"{key}:{person.Id}", "direct", "direct-incident", new Dictionary<string, string>(Facts(turn)) { ["to"] = person.Id });
        }
    }

    private static Dictionary<string, string> Facts(EscalationTurn turn) => new()
    {
        ["step"] = (turn.Call?.Number ?? 0).ToString(CultureInfo.InvariantCulture),
        ["to_roles"] = string.Join(",", turn.Call?.Roles ?? []),
        ["to"] = string.Join(",", Called(turn)),
        ["until_at"] = turn.DueAt.ToString("O", CultureInfo.InvariantCulture),
    };
}
