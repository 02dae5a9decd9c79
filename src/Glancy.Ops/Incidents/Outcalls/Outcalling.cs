using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>
/// Decides what is told outside Slack, by the severity's one owner (§1.2); only writes rows, in the transaction of what
/// it speaks of.
/// </summary>
public sealed class Outcalling(
    IEnumerable<INotifier> notifiers,
    PagerDutyEvents pager,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private readonly List<INotifier> ways = [.. notifiers.Where(n => n.IsSetUp)];

    /// <summary>
    /// The clock starts: PagerDuty is told where it owns the severity. It rings an alert it has only once, so a raised
    /// one ends and begins anew.
    /// </summary>
    internal async Task BeginAsync(Transaction transaction, Incident incident)
    {
        await OutcallRows.DropAsync(transaction, incident.Id, pager: false);
        if (Owner(incident) != PagerOwner.PagerDuty)
        {
            await EndAlertAsync(transaction, incident);
            return;
        }

        if (await HasAlertAsync(transaction, incident.Id))
        {
            await AddAsync(transaction, incident, Outcall.Resolve);
        }

        await AddAsync(transaction, incident, Outcall.Trigger);
    }

    /// <summary>
    /// A step is called: each person by every way that reaches them, where the severity is ours, or PagerDuty's and it
    /// could not be told in time.
    /// </summary>
    /// <param name="first">The call with which the clock starts.</param>
    internal async Task CallAsync(
        Transaction transaction,
        Incident incident,
        IReadOnlyList<Person> persons,
        DateTimeOffset until,
        bool first
    )
    {
        var owner = Owner(incident);
        if (owner == PagerOwner.None || (owner == PagerOwner.PagerDuty && first))
        {
            return;
        }

        foreach (var person in persons)
        {
            foreach (var way in ways.Where(w => w.Reaches(person)))
            {
                await OutcallRows.AddAsync(
                    transaction,
                    incident.Id,
                    way.Service,
                    Outcall.Call,
                    person.Id,
                    until,
                    clock.GetUtcNow()
                );
            }
        }
    }

    /// <summary>PagerDuty has been told and calls by its own chain, so ours rests.</summary>
    internal async Task<bool> IsPagersAsync(Transaction transaction, Incident incident) =>
        Owner(incident) == PagerOwner.PagerDuty
        && await OutcallRows.PagerAsync(transaction, incident.Id) is { Action: Outcall.Trigger, State: "delivered" };

    /// <summary>Lowered to a severity that PagerDuty does not own: its alert ends. True when it had one.</summary>
    internal async Task<bool> LowerAsync(Transaction transaction, Incident incident)
    {
        if (Owner(incident) == PagerOwner.None)
        {
            await OutcallRows.DropAsync(transaction, incident.Id, pager: false);
        }

        return Owner(incident) != PagerOwner.PagerDuty && await EndAlertAsync(transaction, incident);
    }

    /// <summary>Somebody has it: calls that are waiting are dropped, and PagerDuty is told.</summary>
    /// <param name="tellPager">Not where it was PagerDuty that told us.</param>
    internal async Task AcknowledgeAsync(Transaction transaction, Incident incident, bool tellPager)
    {
        if (!tellPager)
        {
            await OutcallRows.ArrivedAsync(transaction, incident.Id);
        }

        // Asked first: a trigger that is waiting may have arrived, and its answer been lost.
        var alert = await HasAlertAsync(transaction, incident.Id);
        await OutcallRows.DropAsync(transaction, incident.Id, pager: false);
        await OutcallRows.DropAsync(transaction, incident.Id, pager: true);
        await AckLinks.EndAsync(transaction, incident.Id, clock.GetUtcNow());
        if (alert && tellPager)
        {
            await AddAsync(transaction, incident, Outcall.Acknowledge);
        }
    }

    /// <summary>
    /// PagerDuty's chain has stopped and here nobody has it, so ours goes on. What PagerDuty is told is what it has
    /// said, and changes nothing there.
    /// </summary>
    /// <param name="ended">The alert is over there; otherwise somebody has it.</param>
    internal async Task LeaveAsync(Transaction transaction, Incident incident, bool ended)
    {
        await OutcallRows.ArrivedAsync(transaction, incident.Id);
        await AddAsync(transaction, incident, ended ? Outcall.Resolve : Outcall.Acknowledge);
    }

    /// <summary>It is over.</summary>
    internal async Task CloseAsync(Transaction transaction, Incident incident)
    {
        await AckLinks.EndAsync(transaction, incident.Id, clock.GetUtcNow());
        await OutcallRows.DropAsync(transaction, incident.Id, pager: false);
        await EndAlertAsync(transaction, incident);
    }

    // Whether an alert is open there, or may be: a trigger that was given up may have arrived all the same.
    private async Task<bool> HasAlertAsync(Transaction transaction, string incident) =>
        pager.IsSetUp && await OutcallRows.PagerAsync(transaction, incident) is { Action: not Outcall.Resolve };

    private async Task<bool> EndAlertAsync(Transaction transaction, Incident incident)
    {
        var has = await HasAlertAsync(transaction, incident.Id);
        await OutcallRows.DropAsync(transaction, incident.Id, pager: true);
        if (has)
        {
            await AddAsync(transaction, incident, Outcall.Resolve);
        }

        return has;
    }

    private Task AddAsync(Transaction transaction, Incident incident, string action) =>
        OutcallRows.AddAsync(transaction, incident.Id, Outcall.PagerDuty, action, null, null, clock.GetUtcNow());

    private PagerOwner Owner(Incident incident) => runbook.Current.Escalation.Of(incident.Severity).Pager;
}
