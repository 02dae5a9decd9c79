using System.Text.Json.Nodes;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack.Tests.Api;

/// <summary>A refused block costs that block, and never the message.</summary>
public sealed class LadderTests
{
    private const string Done = """{"ok":true,"channel":"C0OPS","ts":"1.2","message_ts":"1.2","view":{"id":"V1"}}""";
    private static readonly TableBlock Table = new([
        [new TableCell("Hook"), new TableCell("Light")],
        [new TableCell("HK-01"), new TableCell("red <@U1>")],
    ]);
    private static readonly ActionsBlock Buttons = new([
        new Button("Confirm R-1", "say:0", "glancy run confirm R-1 3f2a9c"),
        new Button("Dashboard", "open:0", Url: "https://g.example.com/d"),
    ]);
    private static readonly SectionBlock Section = new(new Mrkdwn("*R-1* waits"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doors =>
        ["chat.postMessage", "chat.postEphemeral", "chat.update", "respond", "views.publish"];

    private static string Refusal(string details) =>
        """{"ok":false,"error":"invalid_blocks","errors":[""" + details + """],"response_metadata":{"messages":[]}}""";

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task The_block_that_is_named_goes_on_in_words_and_the_others_stay(string door)
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        Refuse(
            slack,
            door,
            """
            "invalid additional property: x [json-pointer:/blocks/1/rows/0]"
            """
        );

        var inWords = await SendAsync(slack, door);

        Assert.Equal([Table], inWords);
        Assert.Equal(2, slack.Heard.Count);
        var blocks = Blocks(slack.Heard.Last());
        Assert.Equal(["section", "section", "actions"], blocks.Select(b => (string?)b["type"]));
        Assert.Equal("*Hook*  ·  *Light*\nHK-01  ·  red &lt;@U1&gt;", (string?)blocks[1]["text"]?["text"]);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Refused_twice_the_text_alone_is_sent_or_all_of_the_words(string door)
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        Refuse(
            slack,
            door,
            """
            {"pointer":"/blocks/2/elements/0","code":"failed_constraint","message":"must be less than 76 characters"}
            """
        );
        Refuse(slack, door, "");

        var inWords = await SendAsync(slack, door);

        Assert.Equal(3, inWords.Count);
        Assert.Equal(3, slack.Heard.Count);
        var typed = Blocks(slack.Heard.ElementAt(1))[2];
        Assert.Equal(
            "Confirm R-1: `/glancy run confirm R-1 3f2a9c`\n<https://g.example.com/d|Dashboard>",
            (string?)typed["text"]?["text"]
        );
        var last = slack.Heard.Last();
        if (door == "views.publish")
        {
            var only = Assert.Single(Blocks(last));
            Assert.Equal("plain_text", (string?)only["text"]?["type"]);
            Assert.Contains("/glancy run confirm R-1 3f2a9c", (string?)only["text"]?["text"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("R-1 waits for you", last.Json("text"));
            Assert.Equal(door == "chat.update" ? "[]" : null, last.Json("blocks"));
        }
    }

    [Fact]
    public async Task Too_much_in_all_keeps_what_is_said_first_and_the_buttons()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        slack.ThenSays("""{"ok":false,"error":"msg_blocks_too_long"}""");

        await slack.Client.Chat.PostMessage(
            new OutgoingMessage("C0OPS", "R-1 waits for you", [Section, Section, Section, Buttons]),
            Token
        );

        Assert.Equal(2, slack.Heard.Count);
        Assert.Equal(["section", "context", "actions"], Blocks(slack.Heard.Last()).Select(b => (string?)b["type"]));
    }

    [Fact]
    public async Task A_long_table_in_words_leaves_room_for_the_words_of_the_buttons()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        slack.ThenSays(Refusal("\"x [json-pointer:/blocks/0]\", \"y [json-pointer:/blocks/48]\""));
        var wide = new TableBlock([
            .. Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<TableCell>)[new TableCell(new string('x', 2_800))]),
        ]);

        await slack.Client.Chat.PostMessage(
            new OutgoingMessage("C0OPS", "R-1 waits for you", [wide, .. Enumerable.Repeat(Section, 47), Buttons]),
            Token
        );

        var blocks = Blocks(slack.Heard.Last());
        Assert.Equal(50, blocks.Count);
        Assert.Contains(
            "/glancy run confirm R-1 3f2a9c",
            (string?)blocks[^1]["text"]?["text"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_pointer_the_young_kinds_go_on_in_words_and_the_kind_is_remembered()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        Refuse(slack, "chat.postMessage", "");

        await SendAsync(slack, "chat.postMessage");
        var again = await SendAsync(slack, "chat.update");

        Assert.Equal(["chat.postMessage", "chat.postMessage", "chat.update"], slack.Heard.Select(h => h.Method));
        Assert.All(
            slack.Heard.Skip(1),
            heard => Assert.Equal(["section", "section", "actions"], Blocks(heard).Select(b => (string?)b["type"]))
        );
        Assert.Equal([Table], again);

        slack.Clock.Advance(TimeSpan.FromHours(25));
        await SendAsync(slack, "chat.update");
        Assert.Equal("table", (string?)Blocks(slack.Heard.Last())[1]["type"]);
    }

    [Theory]
    [InlineData("/blocks/1", true)]
    [InlineData("/blocks/1/type", true)]
    [InlineData("/blocks/1/rows/0/0/text", false)]
    [InlineData("/blocks/2/elements/0/text", false)]
    [InlineData("/blocks/17", false)]
    public async Task A_kind_is_remembered_only_when_the_kind_itself_is_refused(string at, bool remembered)
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        Refuse(slack, "chat.update", $"\"unsupported [json-pointer:{at}]\"");
        if (at.EndsWith("17", StringComparison.Ordinal))
        {
            // It names a block that is not there: as good as no pointer, and the words are refused as well.
            Refuse(slack, "chat.update", "");
        }

        await SendAsync(slack, "chat.update");
        await SendAsync(slack, "chat.update");

        Assert.Equal(remembered ? "section" : "table", (string?)Blocks(slack.Heard.Last())[1]["type"]);
    }

    [Fact]
    public async Task A_plan_that_the_workspace_does_not_know_is_sent_as_words_and_then_at_once_so()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        var plan = new PlanBlock("Steps", [new PlanTask("1", "freeze", "complete")]);
        Refuse(slack, "chat.postMessage", "\"unsupported type: plan [json-pointer:/blocks/1/type]\"");

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.IsType<SlackOk<PostedMessage>>(
                await slack.Client.Chat.PostMessage(new OutgoingMessage("C0OPS", "over", [Section, plan]), Token)
            );
        }

        Assert.Equal(["plan", "section", "section"], slack.Heard.Select(h => (string?)Blocks(h)[1]["type"]));
        Assert.Contains("✓ freeze", (string?)Blocks(slack.Heard.Last())[1]["text"]?["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_opens_with_its_warning_in_words_where_alerts_are_not_known()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        slack.ThenSays(
            """
            {"ok":false,"error":"invalid_arguments",
             "response_metadata":{"messages":["[ERROR] unsupported type: alert [json-pointer:/view/blocks/0/type]"]}}
            """
        );
        await slack.Client.Views.Open(
            "t1",
            new ModalView(
                "Abort",
                [
                    new AlertBlock(new PlainText("at once"), "warning"),
                    new InputBlock("Why", new PlainTextInput("value")),
                ],
                Submit: "Abort"
            ),
            Token
        );

        Assert.Equal(
            ["section", "input"],
            (JsonNode.Parse(slack.Heard.Last().Body)?["view"]?["blocks"] as JsonArray ?? []).Select(b =>
                (string?)b?["type"]
            )
        );
    }

    [Fact]
    public async Task A_form_whose_field_is_refused_is_not_opened_without_it()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        var form = new ModalView(
            "Abort",
            [Section, new InputBlock("Reason", new PlainTextInput("value"))],
            Submit: "Abort"
        );
        slack.ThenSays(
            """
            {"ok":false,"error":"invalid_arguments",
             "response_metadata":{"messages":["[ERROR] too long [json-pointer:/view/blocks/1/label]"]}}
            """
        );
        var refused = await slack.Client.Views.Open("t1", form, Token);
        slack.ThenSays(
            """
            {"ok":false,"error":"invalid_arguments",
             "response_metadata":{"messages":["[ERROR] bad [json-pointer:/view/blocks/0/text]"]}}
            """
        );
        slack.ThenSays("""{"ok":false,"error":"expired_trigger_id"}""");
        var late = await slack.Client.Views.Open(
            "t2",
            new ModalView("Abort", [new HeaderBlock("Abort R-1"), form.Blocks[1]], Submit: "Abort"),
            Token
        );

        Assert.Equal("invalid_arguments", Assert.IsType<SlackFailed<ShownView>>(refused).Error.Code);
        Assert.Equal("expired_trigger_id", Assert.IsType<SlackFailed<ShownView>>(late).Error.Code);
        Assert.Equal(3, slack.Heard.Count);
        Assert.Equal(
            ["section", "input"],
            (JsonNode.Parse(slack.Heard.Last().Body)?["view"]?["blocks"] as JsonArray ?? []).Select(b =>
                (string?)b?["type"]
            )
        );
    }

    [Fact]
    public async Task Another_refusal_and_a_doubt_are_no_reason_to_send_again()
    {
        await using var slack = await StartAsync();
        slack
            .ThenSays("""{"ok":false,"error":"channel_not_found"}""")
            .ThenSays("""{"ok":false,"error":"fatal_error"}""")
            .ThenSays(
                """
                {"ok":false,"error":"invalid_arguments",
                 "response_metadata":{"messages":["[ERROR] missing required field: channel"]}}
                """
            );

        Assert.Equal("channel_not_found", Assert.IsType<SlackFailed<PostedMessage>>(await PostAsync(slack)).Error.Code);
        Assert.IsType<SlackUnknown<PostedMessage>>(await PostAsync(slack));
        Assert.Equal("invalid_arguments", Assert.IsType<SlackFailed<PostedMessage>>(await PostAsync(slack)).Error.Code);
        Assert.Equal(3, slack.Heard.Count);
    }

    [Fact]
    public async Task Words_of_a_long_table_keep_within_the_blocks_of_a_message()
    {
        await using var slack = await StartAsync();
        slack.Usual = _ => Done;
        var cells = Enumerable
            .Range(0, 95)
            .Select(_ => (IReadOnlyList<TableCell>)[new TableCell(new string('x', 100))])
            .ToList();
        Refuse(slack, "chat.postMessage", "");

        await slack.Client.Chat.PostMessage(
            new OutgoingMessage(
                "C0OPS",
                "long",
                [.. Enumerable.Repeat<Block>(Section, 48), new TableBlock(cells), Section]
            ),
            Token
        );

        Assert.Equal(50, Blocks(slack.Heard.Last()).Count);
        Assert.Equal(50, Blocks(slack.Heard.Last()).Count(b => (string?)b["type"] == "section"));
    }

    [Fact]
    public void Every_kind_of_block_says_its_words()
    {
        Block[] all =
        [
            new HeaderBlock("a < b"),
            new SectionBlock(
                new Mrkdwn("*x*"),
                [new PlainText("f&g")],
                new ImageElement("https://x.example.com/i.png", "a picture")
            ),
            new ContextBlock([new PlainText("c")]),
            new DividerBlock(),
            Buttons,
            new InputBlock("Reason", new PlainTextInput("value"), "why"),
            new ImageBlock("https://x.example.com/i.png", "a chart", "HK-01"),
            new MarkdownBlock("# m <b>"),
            Table,
            new PlanBlock(
                "Steps",
                [
                    new PlanTask("1", "freeze <it>", "complete", RichTextBlock.Of("3 s")),
                    new PlanTask("2", "switch", "error"),
                    new PlanTask("3", "verify", "pending"),
                ]
            ),
            RichTextBlock.Of("as it is <@U1>"),
            new AlertBlock(new PlainText("at once")),
        ];
        var kinds = typeof(Block)
            .GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Length;

        Assert.Equal(kinds, all.Select(BlockKinds.Of).Distinct().Count());
        Assert.Equal(
            [
                ["*a &lt; b*"],
                ["*x*\nf&amp;g\na picture"],
                ["c"],
                [],
                ["Confirm R-1\n<https://g.example.com/d|Dashboard>"],
                ["Reason\nwhy"],
                ["HK-01\na chart"],
                ["# m &lt;b&gt;"],
                ["*Hook*  ·  *Light*\nHK-01  ·  red &lt;@U1&gt;"],
                ["*Steps*\n✓ freeze &lt;it&gt; - 3 s\n✗ switch\n· verify"],
                ["as it is &lt;@U1&gt;"],
                ["at once"],
            ],
            all.Select(b => BlockWords.Of(b, null).Select(s => s.Text?.Text))
        );
    }

    private static Task<SlackStandIn> StartAsync() =>
        SlackStandIn.StartAsync(Token, options => options.TypedBefore = "/");

    private static Task<SlackResult<PostedMessage>> PostAsync(SlackStandIn slack) =>
        slack.Client.Chat.PostMessage(
            new OutgoingMessage("C0OPS", "R-1 waits for you", [Section, Table, Buttons]),
            Token
        );

    private static void Refuse(SlackStandIn slack, string door, string details)
    {
        if (door == "respond")
        {
            slack.ThenStatus(404, body: Refusal(details));
        }
        else
        {
            slack.ThenSays(
                door == "views.publish"
                    ? Refusal(details.Replace("/blocks", "/view/blocks", StringComparison.Ordinal))
                        .Replace(
                            "invalid_blocks",
                            details.Trim().Length > 0 ? "invalid_arguments" : "invalid_view",
                            StringComparison.Ordinal
                        )
                    : Refusal(details)
            );
        }
    }

    private static async Task<IReadOnlyList<Block>> SendAsync(SlackStandIn slack, string door)
    {
        IReadOnlyList<Block> blocks = [Section, Table, Buttons];
        const string text = "R-1 waits for you";
        return door switch
        {
            "chat.postMessage" => Assert
                .IsType<SlackOk<PostedMessage>>(
                    await slack.Client.Chat.PostMessage(new OutgoingMessage("C0OPS", text, blocks), Token)
                )
                .InWords,
            "chat.postEphemeral" => Assert
                .IsType<SlackOk<SlackDone>>(
                    await slack.Client.Chat.PostEphemeral(new EphemeralMessage("C0OPS", "U1", text, blocks), Token)
                )
                .InWords,
            "chat.update" => Assert
                .IsType<SlackOk<PostedMessage>>(
                    await slack.Client.Chat.Update(new MessageUpdate("C0OPS", "1.2", text, blocks), Token)
                )
                .InWords,
            "respond" => Assert
                .IsType<SlackOk<SlackDone>>(
                    await slack.Client.Respond(
                        new Uri(slack.Address, "/answer"),
                        new ResponseMessage(text, blocks),
                        Token
                    )
                )
                .InWords,
            _ => Assert
                .IsType<SlackOk<ShownView>>(await slack.Client.Views.Publish("U1", new HomeView(blocks), null, Token))
                .InWords,
        };
    }

    private static IReadOnlyList<JsonNode> Blocks(Heard heard)
    {
        var body = JsonNode.Parse(heard.Body);
        return [.. ((body?["view"] ?? body)?["blocks"] as JsonArray ?? []).OfType<JsonNode>()];
    }
}
