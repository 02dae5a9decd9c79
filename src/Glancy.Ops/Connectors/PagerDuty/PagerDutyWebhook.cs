using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>What PagerDuty says happened to one of its incidents (webhooks V3).</summary>
/// <param name="Id">The event's; the same in each delivery of it.</param>
/// <param name="Type">Such as <c>incident.acknowledged</c>.</param>
/// <param name="User">PagerDuty's id of the person who did it; null where it was no person.</param>
/// <param name="UserName">As PagerDuty calls them.</param>
/// <param name="Incident">PagerDuty's id of its incident; null where the event is of something else.</param>
/// <param name="Key">The incident's de-duplication key; null where only its alerts have one.</param>
public sealed record PagerWord(
    string Id,
    string Type,
    DateTimeOffset At,
    string? User,
    string UserName,
    string? Incident,
    string? Key
)
{
    /// <summary>It was resolved by being merged into another: its alerts go on there.</summary>
    public bool Merged { get; init; }
}

/// <summary>Webhooks V3: whom to believe, and what a delivery says.</summary>
public static class PagerDutyWebhook
{
    /// <summary>The header that holds a signature for each secret in force, with commas between them.</summary>
    public const string SignatureHeader = "X-PagerDuty-Signature";

    private const string Version = "v1=";

    /// <summary>
    /// Whether one of the signatures is that of the body as it came; never where there is no secret. The time it takes
    /// tells nothing of it.
    /// </summary>
    public static bool IsSigned(ReadOnlySpan<byte> body, string? header, string secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var signed = false;
        foreach (var secret in secrets.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var expected = Encoding.ASCII.GetBytes(
                Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), body))
            );
            foreach (
                var given in (header ?? "")
                    .Split(',', StringSplitOptions.TrimEntries)
                    .Where(g => g.StartsWith(Version, StringComparison.Ordinal))
            )
            {
                signed |= CryptographicOperations.FixedTimeEquals(
                    expected,
                    Encoding.UTF8.GetBytes(given[Version.Length..])
                );
            }
        }

        return signed;
    }

    /// <summary>Reads one delivery; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out PagerWord? word)
    {
        word = null;
        try
        {
            if (
                JsonSerializer.Deserialize<Delivery>(body)?.Event
                    is not { Id: { Length: > 0 } id, Type: { Length: > 0 } type } happened
                || !DateTimeOffset.TryParse(
                    happened.OccurredAt,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var at
                )
            )
            {
                return false;
            }

            var person = happened.Agent is { Type: "user_reference" or "user" } agent ? agent : null;
            var incident = happened.Data is { Type: "incident" } data ? data : null;
            word = new PagerWord(
                id,
                type,
                at,
                person?.Id,
                person?.Summary ?? person?.Id ?? "",
                incident?.Id,
                incident?.Key is { Length: > 0 } key ? key : null
            )
            {
                Merged = incident?.Reason is { Type: "merge_resolve_reason" },
            };
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Delivery([property: JsonPropertyName("event")] Happened? Event);

    private sealed record Happened(
        [property: JsonPropertyName("id")] string? Id,
        [property: JsonPropertyName("event_type")] string? Type,
        [property: JsonPropertyName("occurred_at")] string? OccurredAt,
        [property: JsonPropertyName("agent")] Agent? Agent,
        [property: JsonPropertyName("data")] Data? Data
    );

    private sealed record Agent(
        [property: JsonPropertyName("id")] string? Id,
        [property: JsonPropertyName("type")] string? Type,
        [property: JsonPropertyName("summary")] string? Summary
    );

    private sealed record Data(
        [property: JsonPropertyName("id")] string? Id,
        [property: JsonPropertyName("type")] string? Type,
        [property: JsonPropertyName("incident_key")] string? Key,
        [property: JsonPropertyName("resolve_reason")] Reason? Reason
    );

    private sealed record Reason([property: JsonPropertyName("type")] string? Type);
}
