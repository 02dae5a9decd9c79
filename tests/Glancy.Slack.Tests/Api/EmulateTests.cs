using System.Text;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Tests.Api;

/// <summary>
/// The happy path against somebody else's idea of Slack, so that ours is not only tried against itself.
/// </summary>
public sealed class EmulateTests(EmulateHouse house) : IClassFixture<EmulateHouse>
{
    private readonly ISlackApiClient slack = house.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_is_somebodys()
    {
        var identity = Ok(await slack.Auth.Test(Token));

        Assert.StartsWith("T", identity.TeamId, StringComparison.Ordinal);
        Assert.StartsWith("U", identity.UserId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_posted_found_changed_answered_and_deleted()
    {
        var posted = Ok(
            await slack.Chat.PostMessage(
                new OutgoingMessage(
                    house.Channel,
                    "红灯 & <!channel>",
                    [new HeaderBlock("Draft")],
                    Metadata: MessageMetadata.Of("card", ("id", "R-41"))
                ),
                Token
            )
        );
        Assert.Equal(house.Channel, posted.Channel);

        var found = Ok(
            await slack.Conversations.FindAsync(house.Channel, null, ("card", "id", "R-41"), "0", null, Token)
        );
        Assert.Equal(posted, found.Found);

        Assert.Equal(
            posted,
            Ok(
                await slack.Chat.Update(
                    new MessageUpdate(
                        house.Channel,
                        posted.Ts,
                        "done",
                        Metadata: MessageMetadata.Of("card", ("id", "R-41"))
                    ),
                    Token
                )
            )
        );
        var reply = Ok(
            await slack.Chat.PostMessage(new OutgoingMessage(house.Channel, "a line", ThreadTs: posted.Ts), Token)
        );
        var thread = Ok(await slack.Conversations.Replies(house.Channel, posted.Ts, new MessageRange(), Token));
        Assert.Equal([(posted.Ts, "done"), (reply.Ts, "a line")], thread.Messages.Select(m => (m.Ts, m.Text)));
        Assert.Contains(
            posted.Ts.Replace(".", "", StringComparison.Ordinal),
            Ok(await slack.Chat.GetPermalink(house.Channel, posted.Ts, Token)).AbsoluteUri,
            StringComparison.Ordinal
        );

        Ok(await slack.Chat.Delete(house.Channel, reply.Ts, Token));
        Assert.Equal(
            "message_not_found",
            Assert.IsType<SlackFailed<SlackDone>>(await slack.Chat.Delete(house.Channel, reply.Ts, Token)).Error.Code
        );
    }

    [Fact]
    public async Task A_message_only_one_person_sees_is_in_no_history()
    {
        Ok(await slack.Chat.PostEphemeral(new EphemeralMessage(house.Channel, house.Person, "only you"), Token));

        Assert.DoesNotContain(
            Ok(await slack.Conversations.History(house.Channel, new MessageRange(), Token)).Messages,
            m => m.Text == "only you"
        );
    }

    [Fact]
    public async Task A_channel_is_known_and_its_topic_set()
    {
        Ok(await slack.Conversations.SetTopic(house.Channel, "REL-B3 15 % | lin", Token));

        var channel = Ok(await slack.Conversations.Info(house.Channel, Token));
        Assert.Equal((house.Channel, "ops", "REL-B3 15 % | lin"), (channel.Id, channel.Name, channel.Topic));
        Assert.Equal(
            "channel_not_found",
            Assert.IsType<SlackFailed<SlackChannel>>(await slack.Conversations.Info("C0NONE", Token)).Error.Code
        );
    }

    [Fact]
    public async Task A_person_is_known_and_has_one_direct_conversation()
    {
        var person = Ok(await slack.Users.Info(house.Person, Token));
        Assert.Equal((house.Person, "lin", "Lin"), (person.Id, person.Name, person.RealName));
        Assert.True(person.IsMemberOf(person.TeamId ?? ""));

        var first = Ok(await slack.Conversations.Open([house.Person], Token));
        Assert.Equal(first.Id, Ok(await slack.Conversations.Open([house.Person], Token)).Id);
    }

    [Fact]
    public async Task Reactions_and_pins_come_and_go()
    {
        var message = Ok(await slack.Chat.PostMessage(new OutgoingMessage(house.Channel, "look"), Token));

        Ok(await slack.Reactions.Add(house.Channel, message.Ts, "eyes", Token));
        Assert.Equal(
            "already_reacted",
            Assert
                .IsType<SlackFailed<SlackDone>>(await slack.Reactions.Add(house.Channel, message.Ts, "eyes", Token))
                .Error.Code
        );
        Ok(await slack.Reactions.Remove(house.Channel, message.Ts, "eyes", Token));
        Ok(await slack.Pins.Add(house.Channel, message.Ts, Token));
        Assert.Equal(
            "already_pinned",
            Assert.IsType<SlackFailed<SlackDone>>(await slack.Pins.Add(house.Channel, message.Ts, Token)).Error.Code
        );
        Ok(await slack.Pins.Remove(house.Channel, message.Ts, Token));
    }

    [Fact]
    public async Task A_file_is_uploaded_and_shared()
    {
        var file = Ok(
            await slack.Files.Upload(
                new FileUpload("chart.txt", Encoding.UTF8.GetBytes("数据"), "Chart", ChannelId: house.Channel),
                Token
            )
        );

        var info = await house.AskAsync("files.info", new() { ["file"] = file.Id });
        Assert.Equal(
            ("Chart", 6),
            (
                info.GetProperty("file").GetProperty("title").GetString(),
                info.GetProperty("file").GetProperty("size").GetInt32()
            )
        );
    }

    [Fact]
    public async Task A_view_is_opened_changed_and_a_home_published()
    {
        var trigger = (await house.AskAsync("views.generateTriggerId", [])).GetProperty("trigger_id").GetString() ?? "";
        var view = new ModalView(
            "Roll back",
            [new InputBlock("Reason", new PlainTextInput("reason"), BlockId: "why")],
            "Draft",
            CallbackId: "rollback",
            PrivateMetadata: "q8"
        );

        var shown = Ok(await slack.Views.Open(trigger, view, Token));
        Assert.IsType<SlackFailed<ShownView>>(await slack.Views.Open(trigger, view, Token));
        Assert.Equal(shown.Id, Ok(await slack.Views.Update(shown.Id, view, shown.Hash, Token)).Id);
        Assert.Equal(
            "hash_conflict",
            Assert.IsType<SlackFailed<ShownView>>(await slack.Views.Update(shown.Id, view, "0.stale", Token)).Error.Code
        );
        Ok(await slack.Views.Publish(house.Person, new HomeView([new DividerBlock()]), null, Token));
    }

    private static T Ok<T>(SlackResult<T> result) => Assert.IsType<SlackOk<T>>(result).Value;
}
