using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Glancy.Slack.Inbound;

/// <summary>A verified body to a record. Also reads a journalled body again after a restart.</summary>
public static class SlackRequestReader
{
    /// <summary>The event that says that events are held back.</summary>
    internal const string TooMuch = "app_rate_limited";

    /// <summary>The request; null when the body is none of this kind. The workspace in it is not judged here.</summary>
    public static SlackRequest? Read(SlackDoorKind kind, string rawBody)
    {
        ArgumentNullException.ThrowIfNull(rawBody);
        try
        {
            return kind switch
            {
                SlackDoorKind.Command => Command(rawBody),
                SlackDoorKind.Interaction => Field(QueryHelpers.ParseQuery(rawBody), "payload") is { } payload
                    ? InteractionReader.Read(Parse(payload))
                    : null,
                SlackDoorKind.Event => EventReader.Read(Parse(rawBody)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// What it is, where Slack sends it of itself and nobody here takes it; null for everything else.
    /// </summary>
    internal static string? Unwanted(SlackDoorKind kind, string rawBody)
    {
        try
        {
            return kind switch
            {
                SlackDoorKind.Command => Field(QueryHelpers.ParseQuery(rawBody), "ssl_check") == "1"
                    ? "ssl_check"
                    : null,
                SlackDoorKind.Interaction => Field(QueryHelpers.ParseQuery(rawBody), "payload") is { } payload
                && Parse(payload).Text("type") is { } type
                && !InteractionReader.Takes(type)
                    ? type
                    : null,
                SlackDoorKind.Event => Parse(rawBody).Text("type") is { } type and not EventReader.Callback
                    ? type
                    : null,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(WholeText.OfJson(json));
        return document.RootElement.Clone();
    }

    internal static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static SlashCommand? Command(string rawBody)
    {
        var form = QueryHelpers.ParseQuery(rawBody);
        return
            Field(form, "team_id") is { } team
            && Field(form, "user_id") is { } user
            && Field(form, "channel_id") is { } channel
            && Field(form, "command") is { } command
            && Field(form, "trigger_id") is { } trigger
            ? new SlashCommand(team, user, trigger)
            {
                UserName = Field(form, "user_name") ?? "",
                ChannelId = channel,
                ChannelName = Field(form, "channel_name") ?? "",
                Command = command,
                Text = Field(form, "text") ?? "",
                ResponseUrl = Address(Field(form, "response_url")),
            }
            : null;
    }

    // A field given twice has no one meaning.
    private static string? Field(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? WholeText.Of(value) : null;
}
