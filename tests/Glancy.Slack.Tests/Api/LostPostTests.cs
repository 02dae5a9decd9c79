using System.Text.Json;
using Glancy.Slack.Api;

namespace Glancy.Slack.Tests.Api;

public sealed class LostPostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_is_found_on_a_later_page_by_its_id_and_only_if_it_is_ours()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack
            .ThenSays(Page("c2", Message("9.0", "B0OURS", "R-2"), Message("8.0", "B0THEIRS", "R-1")))
            .ThenSays(Page(null, Message("7.0", "B0OURS", "R-1")));

        var found = await FindAsync(slack, null);

        Assert.Equal(new LostPost(new PostedMessage("C0OPS", "7.0"), true), found.OrDefault());
        Assert.Contains("cursor=c2", slack.Heard.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_found_is_certain_only_when_everything_was_looked_at()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenSays(Page(null, Message("9.0", "B0OURS", "R-2")));
        Assert.Equal(new LostPost(null, true), (await FindAsync(slack, null)).OrDefault());

        slack.Usual = _ => Page("again", Message("9.0", "B0OURS", "R-2"));
        var endless = FindAsync(slack, null);
        await slack.PassUntilAsync(endless, TimeSpan.FromMinutes(1), Token);
        Assert.Equal(new LostPost(null, false), (await endless).OrDefault());
    }

    [Fact]
    public async Task In_a_thread_its_replies_are_looked_at()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenSays(Page(null, Message("9.0", "B0OURS", "R-1")));

        Assert.NotNull((await FindAsync(slack, "1.2")).OrDefault()?.Found);
        Assert.Equal("conversations.replies", Assert.Single(slack.Heard).Method);
    }

    private static Task<SlackResult<LostPost>> FindAsync(SlackStandIn slack, string? thread) =>
        slack.Client.Conversations.FindAsync("C0OPS", thread, ("card", "id", "R-1"), "1.0", "B0OURS", Token);

    private static string Message(string ts, string bot, string id) =>
        JsonSerializer.Serialize(
            new
            {
                ts,
                bot_id = bot,
                text = "t",
                metadata = new { event_type = "card", event_payload = new { id } },
            }
        );

    private static string Page(string? cursor, params string[] messages) =>
        $$"""
            {"ok":true,"messages":[{{string.Join(',', messages)}}],
             "has_more":{{(cursor is null ? "false" : "true")}},"response_metadata":{"next_cursor":"{{cursor}}"} }
            """;
}
