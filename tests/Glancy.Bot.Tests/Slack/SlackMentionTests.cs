using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>Whoever speaks to the bot without a slash is answered as with one.</summary>
[Collection(SharedChannel.Name)]
public sealed class SlackMentionTests(ChannelWorld house)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mention_in_the_channel_is_answered_to_who_mentions_it()
    {
        var before = house.Told(ChannelWorld.Lin).Count;
        await house.SayAsync(ChannelWorld.Lin, "@glancy oncall", Token);

        Assert.Contains("林晓", await house.AnswerAsync(ChannelWorld.Lin, before, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_to_the_bot_is_answered_there()
    {
        const string direct = "DLIN00000";
        await house.Workspace.SayAsync(ChannelWorld.Lin, direct, "谁在值班？", null, Token);

        await Wait.UntilAsync(
            () =>
                house.Workspace.Board.All.Any(m =>
                    m.Channel == direct
                    && m.User == Team.BotUser
                    && (m.Blocks?.Said() ?? "").Contains("林晓", StringComparison.Ordinal)
                ),
            "it is answered in the conversation",
            Token
        );
    }

    [Fact]
    public async Task The_bot_does_not_answer_itself()
    {
        const string direct = "DWU000000";
        await house.Workspace.SayAsync(ChannelWorld.Wu, direct, "hk", null, Token);
        await Wait.UntilAsync(() => Answers(direct) > 0, "it is answered", Token);
        var answered = Answers(direct);

        // Its answer is an event as well; whoever asks next is answered after that one was looked at.
        await house.Workspace.SayAsync(ChannelWorld.Wu, direct, "hk", null, Token);
        await Wait.UntilAsync(() => Answers(direct) > answered, "it is answered again", Token);
        Assert.Equal(answered + 1, Answers(direct));
    }

    [Fact]
    public async Task A_slash_alone_tells_what_waits_for_whoever_says_it()
    {
        var before = house.Told(ChannelWorld.Lin).Count;
        await house.SayAsync(ChannelWorld.Lin, "/glancy", Token);

        Assert.Contains("林晓", await house.AnswerAsync(ChannelWorld.Lin, before, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_short_of_words_opens_its_form_with_what_is_known()
    {
        await house.SayAsync(ChannelWorld.Mei, "/glancy 回滚", Token);
        await Wait.UntilAsync(
            () => house.Workspace.Screens.ModalsOf(ChannelWorld.Mei).Count == 1,
            "a form opens",
            Token
        );

        var form = house.Workspace.Screens.ModalsOf(ChannelWorld.Mei)[0];
        var said = form.Content.GetProperty("blocks").GetRawText();
        Assert.Contains("initial_option", said, StringComparison.Ordinal);
        Assert.Contains("\"block_id\":\"reason\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain("--reason", form.Content.GetProperty("title").GetRawText(), StringComparison.Ordinal);
        await house.Workspace.CloseAsync(ChannelWorld.Mei, form.Id, Token);
    }

    private int Answers(string direct) =>
        house.Workspace.Board.All.Count(m => m.Channel == direct && m.User == Team.BotUser);
}
