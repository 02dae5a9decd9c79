using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Glancy.Ops.Connectors.Notifier;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>What PagerDuty is told about an incident.</summary>
/// <param name="Action"><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</param>
/// <param name="Key">Ties all that is told of one incident together; the same key is never two alerts at a
/// time.</param>
/// <param name="Severity">1 to 3.</param>
public sealed record PagerEvent(
    string Action,
    string Key,
    string Summary,
    string Source,
    int Severity,
    IReadOnlyDictionary<string, string> Details
);

/// <summary>
/// Events API v2: one document per event, repeated freely, because the key makes repetitions one alert.
/// </summary>
public sealed class PagerDutyEvents(Sending sending, IOptions<PagerOptions> options)
{
    private const int LongestSummary = 1024;

    public bool IsSetUp => options.Value.IsSetUp;

    /// <summary>Sends it once.</summary>
    public Task<SendResult> SendAsync(PagerEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var body = new Body(
            options.Value.RoutingKey,
            happened.Action,
            happened.Key,
            happened.Action == "trigger"
                ? new Payload(Short(happened.Summary), happened.Source, Word(happened.Severity), happened.Details)
                : null,
            "glancy"
        );
        return sending.PostAsync(
            new Uri(new Uri(options.Value.Url), "/v2/enqueue"),
            body,
            null,
            Read,
            cancellationToken
        );
    }

    // 202 with "success"; anything else with a 2xx came from somebody else.
    private static SendResult Read(JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } document
        && document.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.String
        && status.GetString() == "success"
            ? new SendResult.Taken()
            : new SendResult.Failed("no-answer", null);

    private static string Short(string summary) =>
        summary.Length <= LongestSummary ? summary : summary[..(LongestSummary - 1)] + "…";

    private static string Word(int severity) =>
        severity switch
        {
            1 => "critical",
            2 => "error",
            3 => "warning",
            _ => throw new ArgumentOutOfRangeException(
                nameof(severity),
                severity.ToString(CultureInfo.InvariantCulture),
                "No such severity."
            ),
        };

    private sealed record Body(
        [property: JsonPropertyName("routing_key")] string RoutingKey,
        [property: JsonPropertyName("event_action")] string EventAction,
        [property: JsonPropertyName("dedup_key")] string DedupKey,
        [property: JsonPropertyName("payload"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            Payload? Payload,
        [property: JsonPropertyName("client")] string Client
    );

    private sealed record Payload(
        [property: JsonPropertyName("summary")] string Summary,
        [property: JsonPropertyName("source")] string Source,
        [property: JsonPropertyName("severity")] string Severity,
        [property: JsonPropertyName("custom_details")] IReadOnlyDictionary<string, string> CustomDetails
    );
}
