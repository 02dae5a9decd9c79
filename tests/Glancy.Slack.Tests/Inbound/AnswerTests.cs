using System.Net;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Slack.Tests.Inbound;

public sealed class AnswerTests(NodeSigner signer) : IClassFixture<NodeSigner>
{
    private static readonly ModalView View = new("Title", [new DividerBlock()]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, SlackReply, string> Replies =>
        new()
        {
            {
                "commands",
                Bodies.Command(),
                SlackReply.Say(new ResponseMessage("only you")),
                """{"text":"only you","response_type":"ephemeral"}"""
            },
            {
                "commands",
                Bodies.Command(),
                SlackReply.Say(new ResponseMessage("all", InChannel: true)),
                """{"text":"all","response_type":"in_channel"}"""
            },
            {
                "interactions",
                Bodies.Submission(),
                SlackReply.Errors(new Dictionary<string, string> { ["Why"] = "say why" }),
                """{"response_action":"errors","errors":{"Why":"say why"}}"""
            },
            { "interactions", Bodies.Submission(), SlackReply.Clear, """{"response_action":"clear"}""" },
            {
                "interactions",
                Bodies.Submission(),
                SlackReply.Push(View),
                """{"response_action":"push","view":{"type":"modal","title":"""
                    + """{"type":"plain_text","text":"Title"},"blocks":[{"type":"divider"}]}}"""
            },
            {
                "interactions",
                Bodies.Submission(),
                SlackReply.Update(View),
                """{"response_action":"update","view":{"type":"modal","title":"""
                    + """{"type":"plain_text","text":"Title"},"blocks":[{"type":"divider"}]}}"""
            },
        };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_reply_is_written_as_its_request_wants_it(
        string door,
        string body,
        SlackReply reply,
        string json
    )
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        house.Inbox.Answer = _ => reply;

        using var response = await house.PostSignedAsync(signer, door, body, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Json.Same(json, await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_reply_that_does_not_fit_is_only_an_acknowledgement()
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        house.Inbox.Answer = _ => SlackReply.Clear;

        await SaysAsync(house, "interactions", Bodies.Click(), HttpStatusCode.OK, "");
    }

    [Fact]
    public async Task Who_typed_a_command_that_was_not_taken_is_told_so()
    {
        await using var house = await DoorHouse.OpenAsync(Token, o => o.NotTakenText = "nothing recorded");
        house.Inbox.Answer = _ => SlackReply.NotTaken();
        await SaysAsync(
            house,
            "commands",
            Bodies.Command(),
            HttpStatusCode.OK,
            """{"text":"nothing recorded","response_type":"ephemeral"}"""
        );

        house.Inbox.Answer = _ => SlackReply.NotTaken("the database is away");
        await SaysAsync(
            house,
            "commands",
            Bodies.Command(),
            HttpStatusCode.OK,
            """{"text":"the database is away","response_type":"ephemeral"}"""
        );

        house.Inbox.Answer = _ => throw new InvalidOperationException("of the database");
        await SaysAsync(
            house,
            "commands",
            Bodies.Command(),
            HttpStatusCode.OK,
            """{"text":"nothing recorded","response_type":"ephemeral"}"""
        );
    }

    [Fact]
    public async Task Clicks_and_events_that_were_not_taken_hear_503()
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        house.Inbox.Answer = _ => throw new InvalidOperationException("of the database");

        await SaysAsync(house, "interactions", Bodies.Click(), HttpStatusCode.ServiceUnavailable, "");
        await SaysAsync(house, "events", Bodies.Reaction(), HttpStatusCode.ServiceUnavailable, "");
    }

    [Fact]
    public async Task An_inbox_that_hangs_is_left_before_slack_leaves_and_the_doubt_is_said()
    {
        var wire = new FakeTimeProvider();
        await using var house = await DoorHouse.OpenAsync(Token, o => o.DoubtText = "not known", wire);
        house.Inbox.Hangs = true;

        await SaysAsync(
            house,
            "commands",
            Bodies.Command(),
            HttpStatusCode.OK,
            """{"text":"not known","response_type":"ephemeral"}""",
            () => LateAsync(house, wire, 1)
        );
        await SaysAsync(
            house,
            "interactions",
            Bodies.Click(),
            HttpStatusCode.ServiceUnavailable,
            "",
            () => LateAsync(house, wire, 2)
        );
    }

    // The clock moves only when the inbox has the request: the time of the wait is ours, not the machine's.
    private static async Task LateAsync(DoorHouse house, FakeTimeProvider wire, int taken)
    {
        while (house.Inbox.Taken.Count < taken)
        {
            await Task.Delay(5, Token);
        }

        wire.Advance(TimeSpan.FromMilliseconds(2501));
    }

    private async Task SaysAsync(
        DoorHouse house,
        string door,
        string body,
        HttpStatusCode status,
        string json,
        Func<Task>? meanwhile = null
    )
    {
        var posting = house.PostSignedAsync(signer, door, body, Token);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        using var response = await posting;
        Assert.Equal(status, response.StatusCode);
        Json.Same(json, await response.Content.ReadAsStringAsync(Token));
    }
}
