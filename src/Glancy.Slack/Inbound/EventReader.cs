using System.Text.Json;

namespace Glancy.Slack.Inbound;

/// <summary>The envelope of an event.</summary>
internal static class EventReader
{
    public const string Callback = "event_callback";

    /// <summary>What <c>url_verification</c> asks to hear back; null for anything else.</summary>
    public static string? Challenge(string rawBody)
    {
        try
        {
            var body = SlackRequestReader.Parse(rawBody);
            return body.Text("type") == "url_verification" ? body.Text("challenge") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static SlackEvent? Read(JsonElement body)
    {
        if (
            body.Text("type") != Callback
            || body.Text("event_id") is not { } id
            || (Installation(body) ?? body.Text("team_id")) is not { } team
            || body.Child("event") is not { } inner
            || inner.Text("type") is not { } type
        )
        {
            return null;
        }

        return new SlackEvent(id, team, inner.Text("user") ?? inner.Child("user")?.Text("id"), type, inner);
    }

    // In a shared channel the outer team may be the other workspace; the installation it is delivered to stands among
    // the authorizations.
    private static string? Installation(JsonElement body) =>
        body.TryGetProperty("authorizations", out var list)
        && list.ValueKind == JsonValueKind.Array
        && list.GetArrayLength() > 0
            ? list[0].Text("team_id")
            : null;
}
