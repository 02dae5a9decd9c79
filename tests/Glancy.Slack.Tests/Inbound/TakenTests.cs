using System.Net;
using Glancy.Slack.Inbound;

namespace Glancy.Slack.Tests.Inbound;

public sealed class TakenTests(NodeSigner signer) : IClassFixture<NodeSigner>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_read_and_acknowledged_with_nothing()
    {
        var delivery = await TakeAsync("commands", Bodies.Command("rollback REL-B3 --reason \"红灯 & more\""));

        var command = Assert.IsType<SlashCommand>(delivery.Request);
        Assert.Equal(
            new SlashCommand("T0HOME", "U0LIN", "111.222.aaa")
            {
                UserName = "lin",
                ChannelId = "C0OPS",
                ChannelName = "ops",
                Command = "/glancy",
                Text = "rollback REL-B3 --reason \"红灯 & more\"",
                ResponseUrl = new Uri("https://hooks.slack.com/commands/T0HOME/1/x"),
            },
            command
        );
        Assert.Equal("command:111.222.aaa", command.DedupeKey);
        Assert.Equal(DoorHouse.Now, delivery.SignedAt);
    }

    [Fact]
    public async Task A_click_is_read_with_its_message_and_its_key_is_time_action_and_person()
    {
        var clicks = Assert.IsType<BlockActions>((await TakeAsync("interactions", Bodies.Click())).Request);

        Assert.Equal(
            ("U0LIN", "C0OPS", "1772600000.000200", "333.444.bbb"),
            (clicks.UserId, clicks.ChannelId, clicks.MessageTs, clicks.TriggerId)
        );
        Assert.Equal(new Uri("https://hooks.slack.com/actions/T0HOME/2/y"), clicks.ResponseUrl);
        Assert.Equal(
            new BlockAction(
                "run.confirm",
                "b1",
                "button",
                "q7",
                "1772600767.000100",
                "click:1772600767.000100:run.confirm:U0LIN"
            ),
            Assert.Single(clicks.Actions)
        );
        Assert.Equal("click:1772600767.000100:run.confirm:U0LIN", clicks.DedupeKey);
    }

    [Fact]
    public async Task A_submission_is_read_with_its_fields_and_sent_again_it_is_another()
    {
        var first = Assert.IsType<ViewSubmission>((await TakeAsync("interactions", Bodies.Submission())).Request);
        var again = Assert.IsType<ViewSubmission>(
            (await TakeAsync("interactions", Bodies.Submission("999.9.e"))).Request
        );

        Assert.Equal(
            ("V0VIEW", "rollback", "q8", "1.a"),
            (first.View.Id, first.View.CallbackId, first.View.PrivateMetadata, first.View.Hash)
        );
        Assert.Equal("red", first.View.Values[("why", "reason")]);
        Assert.Equal("full", first.View.Values[("way", "choice")]);
        Assert.Equal("U0WEI", first.View.Values[("who", "person")]);
        Assert.Null(first.View.Values[("note", "text")]);
        Assert.NotEqual(first.DedupeKey, again.DedupeKey);
    }

    [Fact]
    public async Task A_shortcut_is_read_with_its_message()
    {
        var shortcut = Assert.IsType<MessageShortcut>((await TakeAsync("interactions", Bodies.Shortcut())).Request);

        Assert.Equal(
            ("pin_to_incident", "C0OPS", "1772600001.000300", "U0WEI", "it is <!channel> again"),
            (shortcut.CallbackId, shortcut.ChannelId, shortcut.MessageTs, shortcut.MessageUserId, shortcut.MessageText)
        );
        Assert.Equal("shortcut:777.888.ddd", shortcut.DedupeKey);
    }

    [Fact]
    public async Task An_event_of_a_shared_channel_is_of_the_installation_it_is_delivered_to() =>
        Assert.Equal(
            "T0HOME",
            (await TakeAsync("events", Bodies.Reaction(team: "T0OTHER", installed: "T0HOME"))).Request.TeamId
        );

    [Theory]
    [InlineData(@"a\ud83d", "a\ufffd")]
    [InlineData(@"\udea6\ud83d z", "\ufffd\ufffd z")]
    [InlineData(@"\ud83d\ud83d\udea6", "\ufffd🚦")]
    [InlineData(@"\uD83D\uDEA6", "🚦")]
    [InlineData(@"\\ud83d", @"\ud83d")]
    [InlineData(@"\\\ud83d", "\\\ufffd")]
    [InlineData(@"x\u0000y", "x\ufffdy")]
    [InlineData(@"\\u0000", @"\u0000")]
    [InlineData(@"\ud83d\n", "\ufffd\n")]
    public async Task Half_a_character_and_a_zero_cost_only_themselves(string written, string read)
    {
        var slackEvent = Assert.IsType<SlackEvent>(
            (await TakeAsync("events", Bodies.Reaction().Replace("U0WEI", written, StringComparison.Ordinal))).Request
        );
        var payload = Bodies.Form(
            (
                "payload",
                Bodies
                    .Json(Bodies.Submission())
                    .Replace("\"red\"", $"\"{written}\"", StringComparison.Ordinal)
                    .Replace("why", "why" + written, StringComparison.Ordinal)
            )
        );
        var submission = Assert.IsType<ViewSubmission>((await TakeAsync("interactions", payload)).Request);

        Assert.Equal(read, slackEvent.Event.GetProperty("item_user").GetString());
        Assert.Equal(read, submission.View.Values[("why" + read, "reason")]);
    }

    [Fact]
    public async Task A_zero_in_a_typed_line_costs_only_itself()
    {
        Assert.Equal(
            "hk\ufffd --chart",
            Assert.IsType<SlashCommand>((await TakeAsync("commands", Bodies.Command("hk\0 --chart"))).Request).Text
        );
        Assert.Equal(
            "hk\ufffd",
            Assert
                .IsType<SlashCommand>(
                    (
                        await TakeAsync(
                            "commands",
                            Bodies.Command("hk").Replace("text=hk", "text=hk\0", StringComparison.Ordinal)
                        )
                    ).Request
                )
                .Text
        );
    }

    [Fact]
    public async Task An_event_and_its_retry_have_one_key()
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        (await house.PostSignedAsync(signer, "events", Bodies.Reaction(), Token)).Dispose();
        (await house.PostSignedAsync(signer, "events", Bodies.Reaction(), Token, retry: 2)).Dispose();

        Assert.Equal(["event:Ev0ONE", "event:Ev0ONE"], house.Inbox.Taken.Select(d => d.Request.DedupeKey));
        Assert.Equal([(0, null), (2, "http_timeout")], house.Inbox.Taken.Select(d => (d.RetryNumber, d.RetryReason)));
        Assert.Equal("U0LIN", house.Inbox.Taken.First().Request.UserId);
    }

    [Fact]
    public async Task The_challenge_is_echoed_and_never_reaches_the_inbox()
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        using var response = await house.PostSignedAsync(
            signer,
            "events",
            """{"token":"t","challenge":"3eZb\"<w","type":"url_verification"}""",
            Token
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"challenge":"3eZb\"<w"}""", await response.Content.ReadAsStringAsync(Token));
        Assert.Empty(house.Inbox.Taken);
    }

    [Fact]
    public async Task What_was_journalled_reads_the_same_again()
    {
        foreach (
            var (door, body) in new[]
            {
                ("commands", Bodies.Command()),
                ("interactions", Bodies.Click()),
                ("interactions", Bodies.Submission()),
                ("events", Bodies.Reaction()),
            }
        )
        {
            var delivery = await TakeAsync(door, body);

            Assert.Equal(
                delivery.Request.DedupeKey,
                SlackRequestReader.Read(delivery.Kind, delivery.RawBody)?.DedupeKey
            );
            Assert.DoesNotContain("hooks.slack.com", delivery.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<SlackDelivery> TakeAsync(string door, string body)
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        using var response = await house.PostSignedAsync(signer, door, body, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        return Assert.Single(house.Inbox.Taken);
    }
}
