using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>One notice, one message, in its final state: whatever dies, and whatever Slack does.</summary>
[Collection(SharedChannel.Name)]
public sealed class SlackOutboxTests(ChannelWorld house)
{
    private static int things;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slack-post-begun")]
    [InlineData("slack-posted")]
    [InlineData("slack-post-known")]
    public async Task A_notice_is_posted_once_whatever_dies(string transition)
    {
        var (key, word) = Thing();
        await house.KillingAsync(transition, () => house.PutAsync("post", key, word, Token), null, Token);

        await ShownAsync(key, word);
    }

    [Theory]
    [InlineData("slack-update-begun")]
    [InlineData("slack-updated")]
    public async Task A_card_ends_in_its_newest_state_whatever_dies(string transition)
    {
        var (key, word) = Thing();
        await house.PutAsync("card", key, word, Token);
        await ShownAsync(key, word);

        await house.KillingAsync(transition, () => house.PutAsync("card", key, word + "newer", Token), null, Token);

        await ShownAsync(key, word + "newer");
    }

    [Fact]
    public async Task The_post_that_is_found_again_is_found_by_its_key()
    {
        var (key, word) = Thing();
        await house.KillingAsync(
            "slack-posted",
            () => house.PutAsync("card", key, word, Token),
            "slack-post-found",
            Token
        );

        await ShownAsync(key, word);
    }

    [Theory]
    [InlineData(SlackFaultKind.TooMany, 1)]
    [InlineData(SlackFaultKind.TooMany, 0)]
    [InlineData(SlackFaultKind.ServerError, 0)]
    [InlineData(SlackFaultKind.Hang, 0)]
    [InlineData(SlackFaultKind.LoseAnswer, 0)]
    [InlineData(SlackFaultKind.Slow, 3)]
    public async Task A_post_arrives_once_when_slack_has_a_bad_time(SlackFaultKind kind, int seconds)
    {
        var (key, word) = Thing();
        await house.World.Slack.FaultOnAsync(
            new SlackFault(kind, "chat.postMessage", TimeSpan.FromSeconds(seconds), Times: 2),
            Token
        );
        try
        {
            await house.PutAsync("post", key, word, Token);
            await ShownAsync(key, word);
            Assert.True(
                await Wait.TryUntilAsync(
                    async () => await ShownRevisionAsync(key) == "1",
                    TimeSpan.FromSeconds(40),
                    Token
                ),
                "the bot knows that it is shown"
            );
            Assert.Single(house.Carrying(key));
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }
    }

    [Fact]
    public async Task After_an_outage_everything_is_there_once_and_pages_come_first()
    {
        await house.World.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.Down), Token);
        var posts = Enumerable.Range(0, 6).Select(_ => Thing()).ToList();
        var (page, alarm) = Thing();
        try
        {
            foreach (var (key, word) in posts)
            {
                await house.PutAsync("card", key, word, Token);
            }

            await house.PutAsync("page", page, alarm, Token);
            await house.PutAsync("card", posts[0].Key, posts[0].Word + "newer", Token);
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }

        await ShownAsync(page, alarm);
        await ShownAsync(posts[0].Key, posts[0].Word + "newer");
        foreach (var (key, word) in posts.Skip(1))
        {
            await ShownAsync(key, word);
        }
    }

    [Fact]
    public async Task A_page_names_who_is_on_call()
    {
        var (key, word) = Thing();
        await house.PutAsync("page", key, word, Token);

        Assert.Contains($"<@{ChannelWorld.Lin}>", (await ShownAsync(key, word)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_somebody_took_away_is_posted_again()
    {
        var (key, word) = Thing();
        await house.PutAsync("card", key, word, Token);
        var first = await ShownAsync(key, word);
        Assert.True(house.Workspace.Board.Delete(first.Channel, first.Ts));

        await house.PutAsync("card", key, word + "newer", Token);

        Assert.NotEqual(first.Ts, (await ShownAsync(key, word + "newer")).Ts);
    }

    [Fact]
    public async Task The_topic_and_the_group_say_what_is_red_and_who_is_on_call()
    {
        await Wait.UntilAsync(
            () =>
                house.Workspace.Members.Channel(Team.OpsChannel)?.Topic is { } topic
                && topic.Contains("HK-01", StringComparison.Ordinal)
                && topic.Contains("林晓", StringComparison.Ordinal)
                && topic.Contains("REL-B5", StringComparison.Ordinal),
            "the topic says it",
            Token
        );
        await Wait.UntilAsync(
            () =>
                house
                    .Workspace.Members.Groups.Single()
                    .Users.ToHashSet()
                    .SetEquals([ChannelWorld.Lin, ChannelWorld.Wu]),
            "@oncall is who is on call",
            Token
        );
    }

    private static (string Key, string Word) Thing()
    {
        var number = Interlocked.Increment(ref things);
        return ($"test:{number}:", $"word{number}x");
    }

    // One message with these words, and never a second one.
    private async Task<Message> ShownAsync(string key, string word)
    {
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    house.Carrying(key) is [var only]
                    && (only.Text + only.Blocks?.Said()).Contains(word, StringComparison.Ordinal),
                TimeSpan.FromSeconds(60),
                Token
            ),
            $"{key} with {word}; there is: {string.Join(" | ", house.Carrying(key).Select(m => m.Text))}"
        );
        return Assert.Single(house.Carrying(key));
    }

    private Task<string> ShownRevisionAsync(string key) =>
        house.BotAsync($"select delivered from glancy.notice where key = '{key}'", Token);
}
