using Glancy.Slack.Api;

namespace Glancy.Slack.Tests.Api;

/// <summary>429, 5xx, silence, a closed connection: what each kind of call makes of it.</summary>
public sealed class BadDayTests
{
    private static readonly OutgoingMessage Post = new(
        "C0OPS",
        "a card",
        Metadata: MessageMetadata.Of("card", ("id", "R-1"))
    );
    private static readonly MessageUpdate Update = new("C0OPS", "1.2", "a card");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, 1)]
    [InlineData("0", 1)]
    [InlineData("nonsense", 1)]
    public async Task After_a_429_it_comes_back_when_slack_said_and_posts_once(string? retryAfter, int seconds)
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenStatus(429, retryAfter, """{"ok":false,"error":"ratelimited"}""");

        var call = slack.Client.Chat.PostMessage(Post, Token);
        var took = await slack.PassUntilAsync(call, TimeSpan.FromSeconds(20), Token);

        Assert.IsType<SlackOk<PostedMessage>>(await call);
        Assert.Equal(2, slack.Heard.Count);
        Assert.InRange(took.TotalSeconds, seconds, seconds + 1.5);
    }

    [Fact]
    public async Task A_429_closes_the_channel_for_all_posts_but_no_other_channel()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenStatus(429, "20");
        var first = slack.Client.Chat.PostMessage(Post, Token);
        await slack.HearsAsync(1, Token);
        await slack.PassUntilAsync(Task.Delay(50, Token), TimeSpan.FromSeconds(10), Token);

        var second = slack.Client.In(SlackLane.Alert).Chat.PostMessage(Post, Token);
        var elsewhere = await slack.Client.Chat.PostMessage(Post with { Channel = "C0ELSE" }, Token);

        Assert.IsType<SlackOk<PostedMessage>>(elsewhere);
        Assert.False(second.IsCompleted);
        await slack.PassUntilAsync(Task.WhenAll(first, second), TimeSpan.FromSeconds(30), Token);
        Assert.Equal(4, slack.Heard.Count);
    }

    [Fact]
    public async Task When_slack_wants_longer_than_the_deadline_the_call_ends_at_once_and_says_when()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenStatus(429, "120");

        var result = await slack.Client.Chat.PostMessage(Post, Token);

        var failed = Assert.IsType<SlackFailed<PostedMessage>>(result);
        Assert.Equal(
            (SlackErrorKind.RateLimited, "ratelimited", TimeSpan.FromSeconds(120)),
            (failed.Error.Kind, failed.Error.Code, failed.Error.RetryAfter)
        );
        Assert.Single(slack.Heard);
    }

    [Fact]
    public async Task It_gives_up_after_four_429s()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        for (var i = 0; i < 10; i++)
        {
            slack.ThenStatus(429, "1");
        }

        var call = slack.Client.Conversations.Info("C0OPS", Token);
        await slack.PassUntilAsync(call, TimeSpan.FromSeconds(29), Token);

        Assert.Equal(SlackErrorKind.RateLimited, Assert.IsType<SlackFailed<SlackChannel>>(await call).Error.Kind);
        Assert.Equal(4, slack.Heard.Count);
    }

    public static TheoryData<string> Doubts => ["500", "dies", "hangs", "fatal_error", "page"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task A_post_whose_answer_is_lost_is_in_doubt_and_not_sent_again(string doubt)
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        Assert.IsType<SlackOk<PostedMessage>>(await slack.Client.Chat.PostMessage(Post, Token));
        Order(slack, doubt);

        // On a connection that was used before: .NET itself would gladly send again there.
        var call = slack.Client.Chat.PostMessage(Post, Token);
        await slack.PassUntilAsync(call, TimeSpan.FromSeconds(10), Token);

        Assert.IsType<SlackUnknown<PostedMessage>>(await call);
        Assert.Equal(2, slack.Heard.Count);
    }

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task A_read_and_an_update_are_tried_again(string doubt)
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        Order(slack, doubt);
        var read = slack.Client.Chat.GetPermalink("C0OPS", "1.2", Token);
        slack.Usual = _ => """{"ok":true,"channel":"C0OPS","ts":"1.2","permalink":"https://home.slack.com/x"}""";
        await slack.PassUntilAsync(read, TimeSpan.FromSeconds(29), Token);
        Order(slack, doubt);
        var update = slack.Client.Chat.Update(Update, Token);
        await slack.PassUntilAsync(update, TimeSpan.FromSeconds(29), Token);

        Assert.Equal(new Uri("https://home.slack.com/x"), Assert.IsType<SlackOk<Uri>>(await read).Value);
        Assert.Equal(new PostedMessage("C0OPS", "1.2"), Assert.IsType<SlackOk<PostedMessage>>(await update).Value);
        Assert.Equal(4, slack.Heard.Count);
    }

    [Fact]
    public async Task When_every_attempt_fails_a_read_is_unavailable_and_an_update_in_doubt()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        for (var i = 0; i < 8; i++)
        {
            slack.ThenStatus(503);
        }

        var read = slack.Client.Conversations.Info("C0OPS", Token);
        await slack.PassUntilAsync(read, TimeSpan.FromSeconds(29), Token);
        var update = slack.Client.Chat.Update(Update, Token);
        await slack.PassUntilAsync(update, TimeSpan.FromSeconds(29), Token);

        Assert.Equal(SlackErrorKind.Unavailable, Assert.IsType<SlackFailed<SlackChannel>>(await read).Error.Kind);
        Assert.Equal("HTTP 503", Assert.IsType<SlackUnknown<PostedMessage>>(await update).Reason);
        Assert.Equal(8, slack.Heard.Count);
    }

    [Fact]
    public async Task Without_a_connection_nothing_was_sent_so_even_a_post_may_be_tried_again_and_simply_fails()
    {
        await using var slack = await SlackStandIn.StartAsync(
            Token,
            o => o.ApiBase = new Uri("http://127.0.0.1:1/api/")
        );

        var call = slack.Client.Chat.PostMessage(Post, Token);
        var took = await slack.PassUntilAsync(call, TimeSpan.FromSeconds(29), Token);

        Assert.Equal(SlackErrorKind.Unavailable, Assert.IsType<SlackFailed<PostedMessage>>(await call).Error.Kind);
        Assert.InRange(took.TotalSeconds, 7, 9);
    }

    [Fact]
    public async Task A_reaction_found_there_after_a_lost_answer_was_ours()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenStatus(500).ThenSays("""{"ok":false,"error":"already_reacted"}""");
        var call = slack.Client.Reactions.Add("C0OPS", "1.2", "eyes", Token);
        await slack.PassUntilAsync(call, TimeSpan.FromSeconds(29), Token);
        Assert.IsType<SlackOk<SlackDone>>(await call);

        slack.ThenSays("""{"ok":false,"error":"already_reacted"}""");
        Assert.Equal(
            "already_reacted",
            Assert
                .IsType<SlackFailed<SlackDone>>(await slack.Client.Reactions.Add("C0OPS", "1.2", "eyes", Token))
                .Error.Code
        );
    }

    [Fact]
    public async Task What_slack_refuses_is_a_value_and_not_tried_again()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenSays(
            """
            {"ok":false,"error":"missing_scope","needed":"chat:write",
             "response_metadata":{"messages":["look here"]}}
            """
        );

        var failed = Assert.IsType<SlackFailed<PostedMessage>>(await slack.Client.Chat.PostMessage(Post, Token));

        Assert.Equal((SlackErrorKind.Refused, "missing_scope"), (failed.Error.Kind, failed.Error.Code));
        Assert.Equal(["look here", "needed: chat:write"], failed.Error.Details);
        Assert.Single(slack.Heard);
    }

    [Fact]
    public async Task A_cancelled_token_throws_before_sending_and_leaves_a_post_in_doubt_afterwards()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            slack.Client.Chat.PostMessage(Post, new CancellationToken(true))
        );
        Assert.Empty(slack.Heard);

        using var leaving = new CancellationTokenSource();
        slack.ThenHangs();
        var call = slack.Client.Chat.PostMessage(Post, leaving.Token);
        await slack.HearsAsync(1, Token);
        await leaving.CancelAsync();

        Assert.IsType<SlackUnknown<PostedMessage>>(await call);
    }

    private static void Order(SlackStandIn slack, string doubt) =>
        _ = doubt switch
        {
            "500" => slack.ThenStatus(500),
            "dies" => slack.ThenDies(),
            "hangs" => slack.ThenHangs(),
            "page" => slack.ThenSays("<html>somebody else's page</html>"),
            _ => slack.ThenSays($$"""{"ok":false,"error":"{{doubt}}"}"""),
        };
}
