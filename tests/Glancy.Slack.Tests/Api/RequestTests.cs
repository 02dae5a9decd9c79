using System.Text;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Tests.Api;

/// <summary>What goes over the wire.</summary>
public sealed class RequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_carries_token_blocks_thread_and_metadata()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);

        await slack.Client.Chat.PostMessage(
            new OutgoingMessage(
                "C0OPS",
                "红灯",
                [new DividerBlock()],
                "1.2",
                MessageMetadata.Of("card", ("id", "R-1"))
            ),
            Token
        );

        var heard = Assert.Single(slack.Heard);
        Assert.Equal(
            ("chat.postMessage", "Bearer xoxb-test", "application/json; charset=utf-8"),
            (heard.Method, heard.Authorization, heard.ContentType)
        );
        Json.Same(
            """{"channel":"C0OPS","text":"红灯","blocks":[{"type":"divider"}],"thread_ts":"1.2","metadata":"""
                + """{"event_type":"card","event_payload":{"id":"R-1"}},"unfurl_links":false,"unfurl_media":false}""",
            heard.Body
        );
    }

    [Fact]
    public async Task An_update_without_blocks_takes_the_old_buttons_away()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);

        await slack.Client.Chat.Update(new MessageUpdate("C0OPS", "1.2", "done"), Token);

        Json.Same("""{"channel":"C0OPS","ts":"1.2","text":"done","blocks":[]}""", Assert.Single(slack.Heard).Body);
    }

    [Fact]
    public async Task Reads_go_as_forms()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.Usual = _ =>
            """
                {"ok":true,"messages":[{"ts":"2.0","bot_id":"B","text":"t","metadata":{"event_type":"card",
                 "event_payload":{"id":"R-1","n":3}}}],"has_more":true,"response_metadata":{"next_cursor":"c2"}}
                """;

        var page = Assert
            .IsType<SlackOk<MessagePage>>(
                await slack.Client.Conversations.History("C0OPS", new MessageRange("1.0"), Token)
            )
            .Value;

        Assert.Equal(
            (
                "application/x-www-form-urlencoded",
                "channel=C0OPS&oldest=1.0&inclusive=true&limit=100&include_all_metadata=true"
            ),
            (Assert.Single(slack.Heard).ContentType, slack.Heard.First().Body)
        );
        Assert.Equal(
            ("c2", true, "R-1"),
            (page.NextCursor, page.HasMore, Assert.Single(page.Messages).Metadata?.Get("id"))
        );
    }

    [Fact]
    public async Task User_groups_are_listed_and_set()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack
            .ThenSays("""{"ok":true,"usergroups":[{"id":"S1","handle":"oncall","name":"On call"}]}""")
            .ThenSays("""{"ok":true,"users":["U1"]}""")
            .ThenSays("""{"ok":true,"usergroup":{"id":"S1","users":["U1","U2"]}}""");

        Assert.Equal(
            [new SlackUserGroup("S1", "oncall", "On call")],
            (await slack.Client.UserGroups.List(Token)).OrDefault()
        );
        Assert.Equal(["U1"], (await slack.Client.UserGroups.Users.List("S1", Token)).OrDefault());
        Assert.Equal(["U1", "U2"], (await slack.Client.UserGroups.Users.Update("S1", ["U1", "U2"], Token)).OrDefault());
        Json.Same("""{"usergroup":"S1","users":"U1,U2"}""", slack.Heard.Last().Body);
    }

    [Fact]
    public async Task Views_name_their_trigger_their_view_or_their_person()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.Usual = _ => """{"ok":true,"view":{"id":"V1","hash":"h1"}}""";

        Assert.Equal(
            new ShownView("V1", "h1"),
            (await slack.Client.Views.Open("111.a", new ModalView("t", [new DividerBlock()]), Token)).OrDefault()
        );
        await slack.Client.Views.Update("V1", new ModalView("t", [new DividerBlock()]), "h1", Token);
        await slack.Client.Views.Publish("U1", new HomeView([new DividerBlock()]), null, Token);

        const string Modal =
            """{"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[{"type":"divider"}]}""";
        var heard = slack.Heard.ToList();
        Json.Same($$"""{"trigger_id":"111.a","view":{{Modal}}}""", heard[0].Body);
        Json.Same($$"""{"view_id":"V1","hash":"h1","view":{{Modal}}}""", heard[1].Body);
        Json.Same("""{"user_id":"U1","view":{"type":"home","blocks":[{"type":"divider"}]}}""", heard[2].Body);
    }

    [Fact]
    public async Task An_answer_through_a_response_address_carries_no_token_and_is_sent_once()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.ThenSays("ok").ThenStatus(404, body: "expired_url").ThenStatus(500);
        var address = new Uri(slack.Address, "/actions/T/1/x");

        Assert.IsType<SlackOk<SlackDone>>(
            await slack.Client.Respond(address, new ResponseMessage("done", ReplaceOriginal: true), Token)
        );
        var expired = Assert.IsType<SlackFailed<SlackDone>>(
            await slack.Client.Respond(address, new ResponseMessage("done"), Token)
        );
        Assert.IsType<SlackUnknown<SlackDone>>(
            await slack.Client.Respond(address, new ResponseMessage(null, DeleteOriginal: true), Token)
        );

        Assert.Equal(("http_404", "expired_url"), (expired.Error.Code, expired.Error.Details[0]));
        Assert.All(slack.Heard, heard => Assert.Null(heard.Authorization));
        Json.Same("""{"text":"done","response_type":"ephemeral","replace_original":true}""", slack.Heard.First().Body);
        Assert.Equal(3, slack.Heard.Count);
    }

    [Theory]
    [InlineData("https://evil.example/commands/1")]
    [InlineData("http://hooks.slack.com/commands/1")]
    [InlineData("https://hooks.slack.com:8443/commands/1")]
    [InlineData("https://hooks.slack.com.evil.example/1")]
    [InlineData("file:///etc/passwd")]
    public async Task A_response_address_elsewhere_is_refused(string address)
    {
        await using var slack = await SlackStandIn.StartAsync(Token);

        // Real time: what is not refused waits for a clock that nobody moves.
        var result = await slack
            .Client.Respond(new Uri(address), new ResponseMessage("x"), Token)
            .WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal("address_refused", Assert.IsType<SlackFailed<SlackDone>>(result).Error.Code);
    }

    [Fact]
    public async Task A_file_goes_in_three_calls_and_its_bytes_without_token()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack
            .ThenSays($$"""{"ok":true,"upload_url":"{{slack.Address}}upload/v1/abc","file_id":"F1"}""")
            .ThenSays("OK - 4")
            .ThenSays("""{"ok":true,"files":[{"id":"F1","title":"Chart"}]}""");

        var file = await slack.Client.Files.Upload(
            new FileUpload("chart.png", Encoding.UTF8.GetBytes("png!"), "Chart", "a line", "C0OPS", "1.2"),
            Token
        );

        Assert.Equal(new UploadedFile("F1", "Chart"), file.OrDefault());
        var heard = slack.Heard.ToList();
        Assert.Equal(["filename=chart.png&length=4&alt_txt=a+line", "png!"], heard.Take(2).Select(h => h.Body));
        Assert.Equal(["Bearer xoxb-test", null, "Bearer xoxb-test"], heard.Select(h => h.Authorization));
        Json.Same("""{"files":[{"id":"F1","title":"Chart"}],"channel_id":"C0OPS","thread_ts":"1.2"}""", heard[2].Body);
    }

    [Fact]
    public async Task A_file_whose_bytes_fail_is_not_shared_and_one_whose_sharing_is_lost_is_in_doubt()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        var ticket = $$"""{"ok":true,"upload_url":"{{slack.Address}}upload/v1/abc","file_id":"F1"}""";
        slack.ThenSays(ticket).ThenStatus(413);
        Assert.Equal(
            "http_413",
            Assert
                .IsType<SlackFailed<UploadedFile>>(
                    await slack.Client.Files.Upload(new FileUpload("a", new byte[1]), Token)
                )
                .Error.Code
        );

        slack.ThenSays(ticket).ThenSays("OK").ThenDies();
        Assert.IsType<SlackUnknown<UploadedFile>>(
            await slack.Client.Files.Upload(new FileUpload("a", new byte[1]), Token)
        );

        slack.ThenSays("""{"ok":true,"upload_url":"https://evil.example/upload","file_id":"F1"}""");
        Assert.Equal(
            "address_refused",
            Assert
                .IsType<SlackFailed<UploadedFile>>(
                    await slack.Client.Files.Upload(new FileUpload("a", new byte[1]), Token)
                )
                .Error.Code
        );
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var slack = await SlackStandIn.StartAsync(Token);
        slack.Then(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        Assert.IsType<SlackUnknown<PostedMessage>>(
            await slack.Client.Chat.PostMessage(new OutgoingMessage("C", "t"), Token)
        );
        Assert.Single(slack.Heard);
    }
}
