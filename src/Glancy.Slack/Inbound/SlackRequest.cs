using System.Text.Json;

namespace Glancy.Slack.Inbound;

/// <summary>Which of the three doors a request came through.</summary>
public enum SlackDoorKind
{
    Command,
    Interaction,
    Event,
}

/// <summary>Something a person or the workspace did, parsed after its signature was checked.</summary>
/// <param name="DedupeKey">The same for every delivery of the same deed, another for every other.</param>
/// <param name="TeamId">The workspace it happened in.</param>
/// <param name="UserId">Who did it; null for events without a person.</param>
public abstract record SlackRequest(string DedupeKey, string TeamId, string? UserId);

/// <summary>A slash command. <paramref name="Text"/> is outside text, as typed.</summary>
/// <param name="TriggerId">Opens one view, within 3 s; the dedupe key.</param>
/// <param name="ResponseUrl">Five answers within 30 min.</param>
public sealed record SlashCommand(
    string TeamId,
    string UserId,
    string UserName,
    string ChannelId,
    string ChannelName,
    string Command,
    string Text,
    string TriggerId,
    Uri? ResponseUrl
) : SlackRequest("command:" + TriggerId, TeamId, UserId);

/// <summary>A click on a button or a choice in a select.</summary>
/// <param name="Value">The button's value, the chosen option's, or the chosen person's id.</param>
/// <param name="DedupeKey">Time, action and person of the click.</param>
public sealed record BlockAction(
    string ActionId,
    string? BlockId,
    string Type,
    string? Value,
    string ActionTs,
    string DedupeKey
);

/// <summary>The clicks of one interaction: nearly always one.</summary>
/// <param name="MessageTs">The message it was in; null in a view.</param>
/// <param name="View">The view it was in; null in a message.</param>
public sealed record BlockActions(
    string DedupeKey,
    string TeamId,
    string UserId,
    string? ChannelId,
    string? MessageTs,
    string? ThreadTs,
    SlackView? View,
    string? TriggerId,
    Uri? ResponseUrl,
    IReadOnlyList<BlockAction> Actions
) : SlackRequest(DedupeKey, TeamId, UserId);

/// <summary>A view sent off. Slack waits for the answer: errors, another view, or nothing to close it.</summary>
public sealed record ViewSubmission(string DedupeKey, string TeamId, string UserId, SlackView View, string? TriggerId)
    : SlackRequest(DedupeKey, TeamId, UserId);

/// <summary>A message's shortcut.</summary>
/// <param name="MessageText">Outside text.</param>
public sealed record MessageShortcut(
    string TeamId,
    string UserId,
    string CallbackId,
    string TriggerId,
    Uri? ResponseUrl,
    string ChannelId,
    string MessageTs,
    string? MessageUserId,
    string MessageText
) : SlackRequest("shortcut:" + TriggerId, TeamId, UserId);

/// <summary>An event; retried by Slack up to three times with the same id.</summary>
/// <param name="Type">Of the inner event: <c>reaction_added</c>.</param>
/// <param name="Event">The inner event as it came.</param>
public sealed record SlackEvent(string EventId, string TeamId, string? UserId, string Type, JsonElement Event)
    : SlackRequest("event:" + EventId, TeamId, UserId);

/// <summary>A view as it comes back.</summary>
/// <param name="Values">What was entered, by block id and action id; null for a field left empty.</param>
public sealed record SlackView(
    string Id,
    string? CallbackId,
    string PrivateMetadata,
    string? Hash,
    string? ExternalId,
    IReadOnlyDictionary<(string BlockId, string ActionId), string?> Values
);
