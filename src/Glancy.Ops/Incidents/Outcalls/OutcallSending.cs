using System.Globalization;
using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Brings one call to the service that it goes by.</summary>
internal sealed class OutcallSending(
    IEnumerable<INotifier> notifiers,
    PagerDutyEvents pager,
    AckLinks links,
    ICallWords words,
    IncidentStore incidents,
    RunbookHolder runbook,
    IOptions<ReplicaOptions> options
)
{
    /// <summary>What came of it; null: nobody has to be called any more.</summary>
    public async Task<SendResult?> SendAsync(Outcall call, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(call.Incident, cancellationToken) is not { } incident)
        {
            return new SendResult.Refused("unknown-incident");
        }

        if (call.Service == Outcall.PagerDuty)
        {
            return pager.IsSetUp
                ? await pager.SendAsync(Event(call, incident), cancellationToken)
                : new SendResult.Refused("not-set-up");
        }

        if (incident.Acknowledged is not null || incident.Closed is not null)
        {
            return null;
        }

        if (
            notifiers.FirstOrDefault(n => n.Service == call.Service && n.IsSetUp) is not { } way
            || call.Person is not { } id
            || !runbook.Current.People.TryGetValue(id, out var person)
        )
        {
            return new SendResult.Refused("not-set-up");
        }

        var text = words.Of(
            incident,
            person,
            call.Until ?? incident.OpenedAt,
            await links.MintAsync(incident.Id, person.Id, cancellationToken)
        );
        return await way.SendAsync(person, text, cancellationToken);
    }

    private PagerEvent Event(Outcall call, Incident incident) =>
        new(
            call.Action,
            Outcall.KeyOf(options.Value.Environment, incident.Id),
            words.Summary(incident),
            "glancy/" + options.Value.Environment,
            (int)incident.Severity,
            new Dictionary<string, string>
            {
                ["incident"] = incident.Id,
                ["severity"] = incident.Level,
                ["opened_at"] = incident.OpenedAt.ToString("O", CultureInfo.InvariantCulture),
            }
        );
}
