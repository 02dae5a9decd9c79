using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Connectors.PagerDuty;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Incidents.Outcalls;

/// <summary>A house that calls outside.</summary>
internal static class OutcallHouse
{
    public static Task<OpsHouse> BuildAsync(
        PostgresFixture postgres,
        StandInOutside outside,
        PagerOwner owner,
        CancellationToken cancellationToken,
        bool pager = true,
        StandInPagerRest? rest = null,
        params string[] ways
    )
    {
        var settings = new Dictionary<string, string?>
        {
            ["PublicUrl"] = "https://glancy.example",
            ["Notifiers:CallWithin"] = "00:00:01",
            ["Pager:Url"] = outside.Url,
        };
        if (pager)
        {
            settings["Pager:RoutingKey"] = StandInOutside.RoutingKey;
        }

        if (rest is not null)
        {
            (settings["Pager:RestUrl"], settings["Pager:RestToken"]) = (rest.Url, StandInPagerRest.Token);
        }

        foreach (var way in ways)
        {
            settings[$"Notifiers:{way}Url"] =
                outside.Url + "/" + way.ToLowerInvariant() + (way == "DingTalk" ? "?access_token=t" : "");
            settings[$"Notifiers:{way}{(way == "Sms" ? "Token" : "Secret")}"] = StandInOutside.Secret;
        }

        settings.Remove("Notifiers:WeComSecret");
        return OpsHouse.BuildAsync(postgres, settings, content => Owned(content, owner), cancellationToken);
    }

    /// <summary>Delivers until nothing is due.</summary>
    public static async Task DeliverAsync(this OpsHouse house, CancellationToken cancellationToken)
    {
        while (await house.Get<OutcallDelivery>().DeliverAsync(cancellationToken)) { }
    }

    /// <summary>Real time has passed: what waits for its next try is due.</summary>
    public static Task WaitedAsync(this OpsHouse house, CancellationToken cancellationToken) =>
        house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.outcall set next_at = clock_timestamp() where state = 'waiting'",
                null,
                cancellationToken
            );

    public static async Task<IReadOnlyList<string>> StatesAsync(
        this OpsHouse house,
        CancellationToken cancellationToken
    ) =>
        await house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                "select service || ' ' || action || ' ' || state from glancy.outcall order by id",
                null,
                cancellationToken
            );

    // Lin has a phone; Wu has none. Sev-1 and Sev-2 are whose the test says.
    private static RunbookContent Owned(RunbookContent content, PagerOwner owner) =>
        content with
        {
            People = content.People.ToDictionary(
                p => p.Key,
                p => p.Key == "lin" ? p.Value with { Phone = "+8613900000000" } : p.Value
            ),
            Escalation = content.Escalation with
            {
                Clocks =
                [
                    .. content.Escalation.Clocks.Select(c =>
                        c.Severity == Severity.Sev3 ? c : c with { Pager = owner }
                    ),
                ],
            },
        };
}

/// <summary>Words of a call, for tests.</summary>
internal sealed class StandInCallWords : ICallWords
{
    public string Of(Incident incident, Person person, DateTimeOffset until, Uri? link) =>
        $"{person.Id} {incident.Id} {link}";

    public string Summary(Incident incident) => $"{incident.Id}: {incident.Title}";
}
