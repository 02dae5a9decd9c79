using Glancy.Slack.Api;

namespace Glancy.Slack.Tests.Api;

public sealed class LaneTests
{
    // Real time: a post that is not let through waits for a clock that nobody moves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SlackLane.Alert)]
    [InlineData(SlackLane.Confirmation)]
    [InlineData(SlackLane.Card)]
    public async Task A_post_overtakes_a_hundred_bulk_posts_without_a_moment_passing(SlackLane lane)
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        var bulk = Enumerable
            .Range(0, 100)
            .Select(i =>
                slack.Client.In(SlackLane.Bulk).Chat.PostMessage(new OutgoingMessage("C0OPS", $"bulk {i}"), Token)
            )
            .ToList();
        await bulk[0];

        var result = await slack
            .Client.In(lane)
            .Chat.PostMessage(new OutgoingMessage("C0OPS", "now"), Token)
            .WaitAsync(Patience, Token);

        Assert.IsType<SlackOk<PostedMessage>>(result);
        Assert.Equal(["bulk 0", "now"], slack.Heard.Select(h => h.Json("text")));
        Assert.All(bulk.Skip(1), post => Assert.False(post.IsCompleted));
    }

    [Fact]
    public async Task A_method_without_channels_has_lanes_too()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.Usual = _ => """{"ok":true,"usergroups":[]}""";
        var bulk = Enumerable
            .Range(0, 100)
            .Select(_ => slack.Client.In(SlackLane.Bulk).UserGroups.List(Token))
            .ToList();
        await slack.HearsAsync(2, Token);

        Assert.IsType<SlackOk<IReadOnlyList<SlackUserGroup>>>(
            await slack.Client.In(SlackLane.Alert).UserGroups.List(Token).WaitAsync(Patience, Token)
        );
        Assert.InRange(slack.Heard.Count, 3, 4);
        Assert.Contains(bulk, b => !b.IsCompleted);
    }

    [Fact]
    public async Task What_many_have_asked_at_once_is_answered_without_a_moment_passing()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.Usual = _ => "ok";
        var answers = Enumerable
            .Range(0, 150)
            .Select(i => slack.Client.Respond(new Uri(slack.Address, $"/commands/T1/{i}"), Answer(i), Token));

        await Task.WhenAll(answers).WaitAsync(Patience, Token);

        static ResponseMessage Answer(int i) => new($"answer {i}");
    }

    [Fact]
    public async Task Bulk_posts_go_on_in_their_order_at_one_a_second()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        var bulk = Enumerable
            .Range(0, 6)
            .Select(i =>
                slack.Client.In(SlackLane.Bulk).Chat.PostMessage(new OutgoingMessage("C0OPS", $"bulk {i}"), Token)
            )
            .ToList();

        var took = await slack.PassUntilAsync(Task.WhenAll(bulk), TimeSpan.FromSeconds(20), Token);

        Assert.InRange(took.TotalSeconds, 4.9, 6.5);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"bulk {i}"), slack.Heard.Select(h => h.Json("text")));
    }

    [Fact]
    public async Task No_minute_sees_more_calls_than_the_tier_allows()
    {
        await using var slack = await SlackStandIn.StartAsync(Token, o => o.CallDeadline = TimeSpan.FromMinutes(5));
        slack.Usual = _ => """{"ok":true,"usergroups":[]}""";
        var calls = Enumerable.Range(0, 40).Select(_ => slack.Client.UserGroups.List(Token)).ToList();
        var minute = Task.WhenAll(calls.Take(21));

        var took = await slack.PassUntilAsync(minute, TimeSpan.FromMinutes(5), Token);

        Assert.InRange(took.TotalSeconds, 60, 70);
    }

    [Fact]
    public async Task Who_has_no_turn_before_the_deadline_hears_so_and_nothing_was_sent()
    {
        await using var slack = await SlackStandIn.StartAsync(Token, o => o.BulkDeadline = TimeSpan.FromSeconds(3));
        var bulk = Enumerable
            .Range(0, 10)
            .Select(i =>
                slack.Client.In(SlackLane.Bulk).Chat.PostMessage(new OutgoingMessage("C0OPS", $"bulk {i}"), Token)
            )
            .ToList();
        await slack.PassUntilAsync(Task.WhenAll(bulk), TimeSpan.FromSeconds(10), Token);

        var failed = Assert.IsType<SlackFailed<PostedMessage>>(await bulk[9]);
        Assert.Equal((SlackErrorKind.RateLimited, "ratelimited"), (failed.Error.Kind, failed.Error.Code));
        Assert.InRange(slack.Heard.Count, 3, 4);
    }

    [Fact]
    public async Task Slack_that_hangs_on_bulk_work_does_not_hold_up_an_alert()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenHangs();
        var bulk = slack.Client.In(SlackLane.Bulk).Chat.PostMessage(new OutgoingMessage("C0OPS", "bulk"), Token);
        await slack.HearsAsync(1, Token);

        Assert.IsType<SlackOk<PostedMessage>>(
            await slack
                .Client.In(SlackLane.Alert)
                .Chat.PostMessage(new OutgoingMessage("C0OPS", "now"), Token)
                .WaitAsync(Patience, Token)
        );
        Assert.False(bulk.IsCompleted);
    }
}
