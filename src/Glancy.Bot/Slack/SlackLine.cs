using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack;

/// <summary>A line somebody said in Slack, typed or by a button, and where its answer goes.</summary>
/// <param name="ResponseUrl">Takes five answers within half an hour; null when there is none.</param>
public sealed record SlackLine(string UserId, string? ChannelId, string Text, Uri? ResponseUrl)
{
    /// <summary>The action id of a button whose value is a command, beside a number.</summary>
    public const string ButtonPrefix = "say:";

    private const string Product = "glancy ";

    /// <summary>What was said; null when the request is nothing that is said.</summary>
    public static SlackLine? Of(SlackRequest request) => request switch
    {
        SlashCommand { UserId: { } user } command => new SlackLine(user, command.ChannelId, command.Text, command.ResponseUrl),
        BlockActions { UserId: { } user, Actions: [{ Value: { } value } action] } click when action.ActionId.StartsWith(ButtonPrefix, StringComparison.Ordinal) =>
            new SlackLine(user, click.ChannelId, value.StartsWith(Product, StringComparison.Ordinal) ? value[Product.Length..] : value, click.ResponseUrl),
        _ => null,
    };
}
