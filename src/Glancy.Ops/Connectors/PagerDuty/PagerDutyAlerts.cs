using System.Text.Json.Serialization;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>
/// The keys of the alerts in one of PagerDuty's incidents, by its REST API v2: <c>GET /incidents/{id}/alerts</c>. An
/// incident made of alerts need not have a key of its own.
/// </summary>
public sealed class PagerDutyAlerts(PagerDutyRest rest)
{
    private const int PageSize = 100;

    // PagerDuty waits five seconds for an answer to its webhook.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The keys, of the newest hundred alerts; none where no token is set. Null when PagerDuty could not be asked.
    /// </summary>
    public async Task<IReadOnlyList<string>?> KeysAsync(string incident, CancellationToken cancellationToken)
    {
        if (!rest.IsSetUp)
        {
            return [];
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Within);
        var (listed, _) = await rest.GetAsync<Listed>(
            $"/incidents/{Uri.EscapeDataString(incident)}/alerts?limit={PageSize}&sort_by=created_at%3Adesc",
            within.Token,
            cancellationToken
        );
        return listed?.Alerts?.Select(a => a?.Key).OfType<string>().ToList();
    }

    private sealed record Listed([property: JsonPropertyName("alerts")] IReadOnlyList<Alert?>? Alerts);

    private sealed record Alert([property: JsonPropertyName("alert_key")] string? Key);
}
