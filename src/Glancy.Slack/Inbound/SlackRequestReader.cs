using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Glancy.Slack.Inbound;

/// <summary>A verified body to a record. Also reads a journalled body again after a restart.</summary>
public static class SlackRequestReader
{
    /// <summary>The event that says that events are held back.</summary>
    internal const string TooMuch = "app_rate_limited";

    /// <summary>The request; null when the body is none of this kind. The workspace in it is not judged here.</summary>
    public static SlackRequest? Read(SlackDoorKind kind, string rawBody) => Read(kind, rawBody, out _);

    /// <summary>Likewise.</summary>
    /// <param name="unwanted">
    /// What it is, where Slack sends it of itself and nobody here takes it; null for everything else.
    /// </param>
    internal static SlackRequest? Read(SlackDoorKind kind, string rawBody, out string? unwanted)
    {
        ArgumentNullException.ThrowIfNull(rawBody);
        unwanted = null;
        try
        {
            switch (kind)
            {
                case SlackDoorKind.Command:
                    var form = QueryHelpers.ParseQuery(rawBody);
                    unwanted = Field(form, CertificateCheck.Field) == "1" ? CertificateCheck.Field : null;
                    return Command(form);
                case SlackDoorKind.Interaction when Field(QueryHelpers.ParseQuery(rawBody), "payload") is { } payload:
                    var interaction = Parse(payload);
                    unwanted = interaction.Text("type") is { } type && !InteractionReader.Takes(type) ? type : null;
                    return InteractionReader.Read(interaction);
                case SlackDoorKind.Event:
                    var said = Parse(rawBody);
                    unwanted = said.Text("type") is { } other and not EventReader.Callback ? other : null;
                    return EventReader.Read(said);
                default:
                    return null;
            }
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

    private static SlashCommand? Command(Dictionary<string, StringValues> form) =>
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

    // A field given twice has no one meaning.
    private static string? Field(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? WholeText.Of(value) : null;
}
