using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Glancy.Bot.Commands.Home;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Status;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Slack.Inbox;
using Glancy.Ops;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Runbook;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Handling;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Home;

/// <summary>
/// Keeps the app's Home of everybody who has opened it within a day: at once when it is opened, afterwards when something on it has changed. One
/// replica at a time looks; publishing the same twice changes nothing.
/// </summary>
internal sealed partial class SlackHomes(
    LeaderClaims leaders,
    BotDatabase database,
    OverviewReader overviews,
    FollowUpStore followUps,
    SlackReaders readers,
    Revealing revealing,
    RunbookHolder runbook,
    Phrasebooks phrasebooks,
    ISlackApiClient slack,
    ClockReady ready,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackHomes> logger) : BackgroundService
{
    private const string Duty = "slack-homes";
    private static readonly HashSet<string> Nothing = [];

    /// <summary>Somebody has opened it.</summary>
    public async Task OpenedAsync(SlackEvent seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Type != AppHomeOpened.EventType || seen.Event.Deserialize<AppHomeOpened>(SlackJson.Options) is not { Tab: null or "home", User: { } user }
            || runbook.Current.People.Values.All(p => p.Slack != user))
        {
            return;
        }

        await database.ExecuteAsync(
            "insert into glancy.slack_home (user_id) values (@user) on conflict (user_id) do update set opened_at = now(), shown = ''", new { user }, cancellationToken);
        await KeepAsync([user], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(door.Value.PresenceInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (await leaders.HoldAsync(Duty, options.Value.ReplicaId, door.Value.PresenceInterval * 3, stoppingToken) is not null)
                {
                    await KeepAsync(await database.QueryAsync<string>("select user_id from glancy.slack_home where opened_at > now() - interval '1 day' order by user_id", null, stoppingToken), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // A Home that is late harms nobody; the next turn publishes it.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
            }
        }
    }

    private async Task KeepAsync(IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return;
        }

        var overview = await overviews.ReadAsync(cancellationToken);
        var open = await followUps.OpenAsync(cancellationToken);
        foreach (var user in users)
        {
            if (runbook.Current.People.Values.FirstOrDefault(p => p.Slack == user) is not { } person)
            {
                continue;
            }

            var reader = await readers.GetAsync(user, cancellationToken);
            var names = new Names(phrasebooks.In(reader.Culture ?? CultureInfo.GetCultureInfo(person.Language)), runbook.Current);
            var page = HomeView.Page(overview, HomeView.Mine(overview.Runs, person, overview.OnCall, names), open, person, names);
            await PublishAsync(user, SlackPage.Render(new PageMask(revealing.Masker(), Nothing).Of(page), [], names.Words, Glancy.Slack.Blocks.Limits.ViewBlocks), cancellationToken);
        }
    }

    private async Task PublishAsync(string user, SlackShown shown, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shown.Blocks, SlackJson.Options)));
        if (await database.QueryAsync<string>("select shown from glancy.slack_home where user_id = @user", new { user }, cancellationToken) is [var before] && before == hash)
        {
            return;
        }

        switch (await slack.In(SlackLane.Bulk).Views.Publish(user, new Glancy.Slack.Blocks.HomeView(shown.Blocks), null, cancellationToken))
        {
            case SlackOk<ShownView>:
                await KnownAsync(user, hash, cancellationToken);
                break;
            case SlackFailed<ShownView> { Error: var error }:
                LogRefused(user, error.Code, string.Join("; ", error.Details));
                if (error.Kind == SlackErrorKind.Refused)
                {
                    // Not even in words: the same is not sent again. What changes on it is, and whoever opens it anew.
                    await KnownAsync(user, hash, cancellationToken);
                }

                break;
        }
    }

    private Task<int> KnownAsync(string user, string hash, CancellationToken cancellationToken) =>
        database.ExecuteAsync("update glancy.slack_home set shown = @hash where user_id = @user", new { user, hash }, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Homes could not be kept; the next turn tries again")]
    private partial void LogTrouble(Exception trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not publish the Home of {User}: {Code} {Details}")]
    private partial void LogRefused(string user, string code, string details);
}
