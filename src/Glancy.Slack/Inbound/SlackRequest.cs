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

/// <summary>A slash command. <see cref="Text"/> is outside text, as typed.</summary>
/// <param name="TriggerId">Opens one view, within 3 s; the dedupe key.</param>
public sealed record SlashCommand(string TeamId, string UserId, string TriggerId)
    : SlackRequest("command:" + TriggerId, TeamId, UserId)
{
    public required string UserName { get; init; }

    public required string ChannelId { get; init; }

    public required string ChannelName { get; init; }

    public required string Command { get; init; }

    public required string Text { get; init; }

    /// <summary>Five answers within 30 min.</summary>
    public required Uri? ResponseUrl { get; init; }
}

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
public sealed record BlockActions(string DedupeKey, string TeamId, string UserId)
    : SlackRequest(DedupeKey, TeamId, UserId)
{
    public required string? ChannelId { get; init; }

    /// <summary>The message it was in; null in a view.</summary>
    public required string? MessageTs { get; init; }

    public required string? ThreadTs { get; init; }

    /// <summary>The view it was in; null in a message.</summary>
    public required SlackView? View { get; init; }

    public required string? TriggerId { get; init; }

    public required Uri? ResponseUrl { get; init; }

    public required IReadOnlyList<BlockAction> Actions { get; init; }
}

/// <summary>A view sent off. Slack waits for the answer: errors, another view, or nothing to close it.</summary>
public sealed record ViewSubmission(string DedupeKey, string TeamId, string UserId, SlackView View, string? TriggerId)
    : SlackRequest(DedupeKey, TeamId, UserId);

/// <summary>A message's shortcut.</summary>
public sealed record MessageShortcut(string TeamId, string UserId, string TriggerId)
    : SlackRequest("shortcut:" + TriggerId, TeamId, UserId)
{
    public required string CallbackId { get; init; }

    public required Uri? ResponseUrl { get; init; }

    public required string ChannelId { get; init; }

    public required string MessageTs { get; init; }

    public required string? MessageUserId { get; init; }

    /// <summary>Outside text.</summary>
    public required string MessageText { get; init; }
}

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
