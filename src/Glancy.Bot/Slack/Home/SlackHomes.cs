using System.Security.Cryptography;
using System.Text.Json;
using Glancy.Bot.Commands.Slack;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Home;

/// <summary>
/// Keeps the app's Home of everybody who has opened it within a day: at once when it is opened, afterwards when
/// something on it has changed. One replica at a time looks; publishing the same twice changes nothing.
/// </summary>
internal sealed partial class SlackHomes(
    SlackJob round,
    OpenedHomes opened,
    HomeReader reader,
    SlackPeople people,
    ISlackApiClient slack,
    ILogger<SlackHomes> logger
) : BackgroundService
{
    private const string Duty = "slack-homes";

    /// <summary>Somebody has opened it.</summary>
    public async Task OpenedAsync(SlackEvent seen, CancellationToken cancellationToken)
    {
        if (
            seen.Type != AppHomeOpened.EventType
            || seen.Event.Deserialize<AppHomeOpened>(SlackJson.Options) is not { Tab: null or "home", User: { } user }
            || people.Find(user) is null
        )
        {
            return;
        }

        await opened.OpenedAsync(user, cancellationToken);
        await KeepAsync([user], cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        round.GoAsync(
            Duty,
            atOnce: false,
            async turn => await KeepAsync(await opened.LatelyAsync(turn), turn),
            LogTrouble,
            stoppingToken
        );

    private async Task KeepAsync(IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return;
        }

        var facts = await reader.ReadAsync(cancellationToken);
        foreach (var user in users)
        {
            if (people.Find(user) is { } person)
            {
                var shown = await reader.ShowAsync(facts, user, person, cancellationToken);
                await PublishAsync(user, shown, cancellationToken);
            }
        }
    }

    private async Task PublishAsync(string user, SlackShown shown, CancellationToken cancellationToken)
    {
        var blocks = JsonSerializer.SerializeToUtf8Bytes(shown.Blocks, SlackJson.Options);
        var digest = Convert.ToHexStringLower(SHA256.HashData(blocks));
        if (await opened.ShowsAsync(user, digest, cancellationToken))
        {
            return;
        }

        switch (
            await slack
                .In(SlackLane.Bulk)
                .Views.Publish(user, new Glancy.Slack.Blocks.HomeView(shown.Blocks), null, cancellationToken)
        )
        {
            case SlackOk<ShownView>:
                await opened.ShownAsync(user, digest, cancellationToken);
                break;
            case SlackFailed<ShownView> { Error: var error }:
                LogRefused(user, error.Code, string.Join("; ", error.Details));
                if (error.Kind == SlackErrorKind.Refused)
                {
                    // Not even in words: the same is not sent again. What changes on it is, and whoever opens it anew.
                    await opened.ShownAsync(user, digest, cancellationToken);
                }

                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Homes could not be kept; the next turn tries again")]
    private partial void LogTrouble(Exception trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not publish the Home of {User}: {Code} {Details}")]
    private partial void LogRefused(string user, string code, string details);
}
