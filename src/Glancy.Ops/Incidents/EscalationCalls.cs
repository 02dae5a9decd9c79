using System.Globalization;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Incidents;

/// <summary>
/// Calls the steps of the chain for an incident (C2): a page in the channel, a message to each who is called, and what
/// goes outside.
/// </summary>
public sealed class EscalationCalls(IncidentLog log, Outcalling outcalls, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>
    /// The clock starts, and the first step is called at once; the incident's row is held. Leaves the card and the
    /// audit to the caller.
    /// </summary>
    /// <returns>Who was called.</returns>
    internal async Task<IReadOnlyList<string>> BeginAsync(Transaction transaction, Incident incident, OnCall onCall)
    {
        var now = clock.GetUtcNow();
        var calls = (await EscalationRows.GetAsync(transaction, incident.Id))?.Calls ?? 0;
        await outcalls.BeginAsync(transaction, incident);
        var turn = await TurnAsync(
            transaction,
            incident,
            new IncidentClock(now, 0, calls, now),
            now,
            onCall,
            first: true
        );
        return Called(turn);
    }

    /// <summary>
    /// Calls the next step if one is due, and true then. Two that come at once wait for each other at the incident's
    /// row.
    /// </summary>
    internal async Task<bool> NextAsync(Transaction transaction, string id, OnCall onCall)
    {
        var now = clock.GetUtcNow();
        if (
            await IncidentStore.HoldAsync(transaction, id) is not { Closed: null, Acknowledged: null } incident
            || await EscalationRows.GetAsync(transaction, id) is not { DueAt: { } due } at
            || due > now
        )
        {
            return false;
        }

        if (await outcalls.IsPagersAsync(transaction, incident))
        {
            await EscalationRows.StopAsync(transaction, id);
            var left = new AuditEntry(Actor.Bot, "incident-call", id) { After = Outcall.PagerDuty, Incident = id };
            await log.WriteAsync(
                transaction,
                incident,
                new IncidentWord("pager-has-it", new Dictionary<string, string>(), left)
            );
            return true;
        }

        var turn = await TurnAsync(transaction, incident, at, due, onCall, first: false);
        await log.CardAsync(transaction, incident);
        await log.AuditAsync(
            transaction,
            new AuditEntry(Actor.Bot, "incident-call", id)
            {
                After = string.Join(",", Called(turn)),
                Incident = id,
                Detail = Facts(turn),
            }
        );
        return true;
    }

    private static string[] Called(EscalationTurn turn) => [.. turn.Call?.Persons.Select(p => p.Id) ?? []];

    private async Task<EscalationTurn> TurnAsync(
        Transaction transaction,
        Incident incident,
        IncidentClock at,
        DateTimeOffset due,
        OnCall onCall,
        bool first
    )
    {
        var rules = runbook.Current.Escalation;
        var turn = EscalationTurn.Of(
            rules.Chain,
            rules.Of(incident.Severity).Acknowledge,
            at.Step,
            due,
            clock.GetUtcNow(),
            onCall
        );
        var number = at.Calls + 1;
        foreach (var step in turn.PassedOver)
        {
            await log.SayAsync(
                transaction,
                incident,
                Actor.Bot,
                "passed-over",
                new Dictionary<string, string> { ["to_roles"] = string.Join(",", step.Roles) }
            );
        }

        if (turn.ChainEnded)
        {
            await log.SayAsync(transaction, incident, Actor.Bot, "chain-ended", new Dictionary<string, string>());
        }

        await log.EventAsync(
            transaction,
            incident,
            Actor.Bot,
            turn.Call is null ? "called-nobody" : IncidentEvents.Called,
            Facts(turn)
        );
        await PageAsync(transaction, incident, turn, number);
        await outcalls.CallAsync(transaction, incident, turn.Call?.Persons ?? [], turn.DueAt, first);
        await EscalationRows.PutAsync(
            transaction,
            incident.Id,
            at with
            {
                Step = turn.Next,
                Calls = number,
                DueAt = turn.DueAt,
            }
        );
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
            await log.CallAsync(
                transaction,
                incident,
                $"{key}:{person.Id}",
                "direct",
                "direct-incident",
                new Dictionary<string, string>(Facts(turn)) { ["to"] = person.Id }
            );
        }
    }

    private static Dictionary<string, string> Facts(EscalationTurn turn) =>
        new()
        {
            ["step"] = (turn.Call?.Number ?? 0).ToString(CultureInfo.InvariantCulture),
            ["to_roles"] = string.Join(",", turn.Call?.Roles ?? []),
            ["to"] = string.Join(",", Called(turn)),
            ["until_at"] = turn.DueAt.ToString("O", CultureInfo.InvariantCulture),
        };
}
