using System.Text.Json;

namespace Glancy.Slack.Inbound;

/// <summary>The envelope of an event.</summary>
internal static class EventReader
{
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
        if (body.Text("type") != "event_callback" || body.Text("event_id") is not { } id || body.Text("team_id") is not { } team
            || body.Child("event") is not { } inner || inner.Text("type") is not { } type)
        {
            return null;
        }

        return new SlackEvent(id, team, inner.Text("user") ?? inner.Child("user")?.Text("id"), type, inner);
    }
}
