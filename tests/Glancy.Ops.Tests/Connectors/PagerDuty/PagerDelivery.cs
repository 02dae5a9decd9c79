using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

/// <summary>Deliveries of webhooks V3 as PagerDuty makes them, each judged by the contract.</summary>
internal static class PagerDelivery
{
    /// <param name="user">PagerDuty's id; null for an integration.</param>
    /// <param name="key">The incident's own; null where only its alerts have one.</param>
    public static byte[] Of(
        string type,
        DateTimeOffset at,
        string? user,
        string? key,
        string id = "01DEF",
        string incident = "PGR0VU2",
        bool merged = false
    )
    {
        var body = JsonSerializer.SerializeToElement(
            new
            {
                @event = new
                {
                    id,
                    event_type = type,
                    resource_type = "incident",
                    occurred_at = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    agent = user is null
                        ? new
                        {
                            id = "PINT",
                            type = "inbound_integration_reference",
                            summary = "glancy",
                        }
                        : new
                        {
                            id = user,
                            type = "user_reference",
                            summary = "Somebody <!channel>",
                        },
                    client = new { name = "PagerDuty" },
                    data = new
                    {
                        id = incident,
                        type = "incident",
                        number = 2,
                        status = type.EndsWith("resolved", StringComparison.Ordinal) ? "resolved" : "acknowledged",
                        incident_key = key,
                        created_at = "2025-04-18T01:30:00Z",
                        title = "lookup fails",
                        service = new
                        {
                            id = "PSERVICE",
                            type = "service_reference",
                            summary = "glancy-prod",
                        },
                        assignees = new[]
                        {
                            new
                            {
                                id = "PLIN",
                                type = "user_reference",
                                summary = "Lin",
                            },
                        },
                        urgency = "high",
                        resolve_reason = merged
                            ? new
                            {
                                type = "merge_resolve_reason",
                                incident = new { id = "POTHER", type = "incident_reference" },
                            }
                            : (object?)null,
                    },
                },
            }
        );
        Assert.Empty(PagerDutyContract.Delivery(body));
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    public static string Sign(byte[] body, string secret) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), body));
}
