using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Glancy.Slack.Inbound;

/// <summary>A verified body to a record. Also reads a journalled body again after a restart.</summary>
public static class SlackRequestReader
{
    /// <summary>The request; null when the body is none of this kind. The workspace in it is not judged here.</summary>
    public static SlackRequest? Read(SlackDoorKind kind, string rawBody)
    {
        ArgumentNullException.ThrowIfNull(rawBody);
        try
        {
            return kind switch
            {
                SlackDoorKind.Command => Command(rawBody),
                SlackDoorKind.Interaction => Field(QueryHelpers.ParseQuery(rawBody), "payload") is { } payload ? InteractionReader.Read(Parse(payload)) : null,
                SlackDoorKind.Event => EventReader.Read(Parse(rawBody)),
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
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    internal static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static SlashCommand? Command(string rawBody)
    {
        var form = QueryHelpers.ParseQuery(rawBody);
        return Field(form, "team_id") is { } team && Field(form, "user_id") is { } user && Field(form, "channel_id") is { } channel
            && Field(form, "command") is { } command && Field(form, "trigger_id") is { } trigger
            ? new SlashCommand(team, user, Field(form, "user_name") ?? "", channel, Field(form, "channel_name") ?? "", command, Field(form, "text") ?? "", trigger, Address(Field(form, "response_url")))
            : null;
    }

    // A field given twice has no one meaning.
    private static string? Field(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
}
