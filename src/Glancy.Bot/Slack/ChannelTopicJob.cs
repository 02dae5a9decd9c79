using Glancy.Ops.Roster;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>
/// Keeps the channel's topic and the members of <c>@oncall</c> as things are. One replica at a time; what Slack shows
/// is read first, and changed only where it differs, so somebody who changes it by hand sees it come back.
/// </summary>
internal sealed partial class ChannelTopicJob(
    SlackJob round,
    ChannelTopicReader topics,
    DutyRoster roster,
    ISlackApiClient slack,
    IOptions<SlackDoorOptions> door,
    TimeProvider clock,
    ILogger<ChannelTopicJob> logger
) : BackgroundService
{
    private const string Duty = "slack-presence";
    private const string Group = "oncall";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        round.GoAsync(Duty, atOnce: true, KeepAsync, LogTrouble, stoppingToken);

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var client = slack.In(SlackLane.Bulk);
        var duty = await roster.OutlookAsync(clock.GetUtcNow(), cancellationToken);
        var topic = await topics.ReadAsync(duty, cancellationToken);
        if (
            (await client.Conversations.Info(door.Value.Channel, cancellationToken)).OrDefault() is { } channel
            && channel.Topic != topic
        )
        {
            Say("topic", await client.Conversations.SetTopic(door.Value.Channel, topic, cancellationToken));
        }

        var wanted = duty.Now.FirstCalled.Select(p => p.Slack).OfType<string>().ToList();
        var groups = (await client.UserGroups.List(cancellationToken)).OrDefault() ?? [];
        if (
            wanted.Count > 0
            && groups.FirstOrDefault(g => g.Handle == Group) is { } group
            && (await client.UserGroups.Users.List(group.Id, cancellationToken)).OrDefault() is { } members
            && !members.ToHashSet().SetEquals(wanted)
        )
        {
            Say("@" + Group, await client.UserGroups.Users.Update(group.Id, wanted, cancellationToken));
        }
    }

    private void Say<T>(string what, SlackResult<T> result)
    {
        if (result is SlackFailed<T> { Error: var error })
        {
            LogRefused(what, error.Code);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The topic and @oncall could not be kept; the next turn tries again"
    )]
    private partial void LogTrouble(Exception trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not change {What}: {Code}")]
    private partial void LogRefused(string what, string code);
}
