using System.Net;
using System.Net.Http.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack.Api;

/// <summary>Slack on a bad day: what was done, and what the caller learns of it.</summary>
public sealed class FaultTests(SlackHouse house) : IClassFixture<SlackHouse>, IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, "3")]
    [InlineData(0, null)]
    public async Task Too_many_calls_are_told_when_to_come_back_or_not_even_that(int seconds, string? header)
    {
        await house.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.TooMany, "chat.postMessage", TimeSpan.FromSeconds(seconds), Times: 1),
            Token
        );

        using var refused = await PostAsync("too many");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(header, refused.Headers.RetryAfter?.ToString());
        Assert.False(IsThere("too many"));

        // Once was once, and other methods were never meant.
        using var done = await PostAsync("once is once");
        Assert.True(IsThere("once is once"));
        Assert.Empty(house.Slack.Faults.On);
    }

    [Fact]
    public async Task A_fault_of_one_method_leaves_the_others_alone()
    {
        await house.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.ServerError, "chat.update"), Token);

        using var done = await PostAsync("another method");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var failed = await house.PostAsync("chat.update", JsonContent.Create(new { }), house.Slack.BotToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_was_done_all_the_same()
    {
        await house.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.LoseAnswer, Times: 1), Token);

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("lost answer"));

        Assert.True(IsThere("lost answer"));
    }

    [Fact]
    public async Task A_call_that_hangs_is_never_done()
    {
        await house.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.Hang, Times: 1), Token);

        var hanging = PostAsync("hanging");
        await Deadline.UntilAsync(() => house.Slack.Faults.On.Count == 0);

        Assert.False(hanging.IsCompleted);
        Assert.False(IsThere("hanging"));
    }

    [Fact]
    public async Task A_slow_call_is_done_at_once_and_answered_late()
    {
        await house.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.Slow, For: TimeSpan.FromSeconds(30), Times: 1),
            Token
        );

        var slow = PostAsync("slow");
        await Deadline.UntilAsync(() => IsThere("slow"));

        Assert.False(slow.IsCompleted);
    }

    [Fact]
    public async Task While_Slack_is_down_nobody_listens_and_afterwards_the_same_address_answers()
    {
        await house.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.Down), Token);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("down"));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);

        await house.Slack.FaultOffAsync(SlackFaultKind.Down, Token);
        using var done = await PostAsync("up again");
        Assert.True(IsThere("up again"));
        Assert.False(IsThere("down"));
    }

    public async ValueTask DisposeAsync() => await house.Slack.FaultOffAsync(null, Token);

    private Task<HttpResponseMessage> PostAsync(string text) =>
        house.PostAsync(
            "chat.postMessage",
            JsonContent.Create(new { channel = Team.OpsChannel, text }),
            house.Slack.BotToken
        );

    private bool IsThere(string text) => house.Workspace.Board.All.Any(m => m.Text == text);
}
