using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Who we are in this workspace; asked once.</summary>
internal sealed class SlackSelf(ISlackApiClient slack)
{
    private string? botId;

    /// <summary>Null while Slack cannot be asked.</summary>
    public async Task<string?> BotIdAsync(CancellationToken cancellationToken) =>
        botId ??= (await slack.Auth.Test(cancellationToken)).OrDefault()?.BotId;
}
