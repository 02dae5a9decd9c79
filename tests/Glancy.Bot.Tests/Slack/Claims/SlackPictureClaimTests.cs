using Glancy.Bot.Slack.Charts;
using Glancy.Bot.Tests.Slack.Rows;
using Glancy.Ops.Kernel.Database;
using Glancy.QueueTests;

namespace Glancy.Bot.Tests.Slack.Claims;

/// <summary>Cards that want a picture.</summary>
public sealed class SlackPictureClaimTests(RowsHouse house) : SlackQueuePromises(house)
{
    private int cards;

    protected override ClaimTable Queue => SlackCharts.Queue;

    protected override IDeadLetters Letters => new DeadLetters(Database, SlackCharts.Queue);

    protected override async Task<string> PutAsync()
    {
        var key = $"episode:{++cards}";
        var run = await House.RunAsync("Draft", Token);
        await House.PutAsync(key, "card", "card-draft", run, null, Token);
        await House.SqlAsync(
            $"insert into glancy.slack_post (notice_key, channel, ts) values ('{key}', 'C1', '{cards}.1')",
            Token
        );
        await House.SqlAsync(
            $"insert into glancy.slack_chart (notice_key, for_run, for_end) values ('{key}', {run}, false)",
            Token
        );
        return key;
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease) =>
        await House.Charts.TakeAsync(owner, lease, Token) is not { } task
            ? null
            : new TakenItem(
                task.Key,
                task.Attempts,
                () => House.Charts.NoneAsync(task, Token),
                trouble => House.Charts.NotAsync(task, trouble, Token)
            );
}
