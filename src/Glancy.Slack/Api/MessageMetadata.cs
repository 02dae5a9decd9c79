using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>What travels with a message unseen, and by which it is found again.</summary>
/// <param name="EventPayload">An object; its values are texts when we wrote it.</param>
public sealed record MessageMetadata(string EventType, JsonElement EventPayload)
{
    public static MessageMetadata Of(string eventType, params (string Name, string Value)[] payload) =>
        new(
            eventType,
            JsonSerializer.SerializeToElement(payload.ToDictionary(p => p.Name, p => p.Value), SlackJson.Options)
        );

    public string? Get(string name) => EventPayload.Text(name);
}
