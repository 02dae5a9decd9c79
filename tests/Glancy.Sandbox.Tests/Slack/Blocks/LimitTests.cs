using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack.Blocks;

/// <summary>
/// Each limit holds, and one more is refused. Texts are emoji: one code point, two of .NET's chars, four bytes.
/// </summary>
public sealed class LimitTests(SlackHouse house) : IClassFixture<SlackHouse>
{
    private static readonly object Short = Plain("short");
    private static readonly object Line = new { type = "divider" };

    private static readonly Dictionary<string, (int Most, Func<int, object> Build)> Messages = new()
    {
        ["blocks"] = (50, n => Many(n, Line)),
        ["section text"] = (3000, n => One(new { type = "section", text = Mrkdwn(Text(n)) })),
        ["section fields"] = (10, n => One(new { type = "section", fields = Many(n, Short) })),
        ["field text"] = (2000, n => One(new { type = "section", fields = One(Mrkdwn(Text(n))) })),
        ["header text"] = (150, n => One(new { type = "header", text = Plain(Text(n)) })),
        ["context elements"] = (10, n => One(new { type = "context", elements = Many(n, Short) })),
        ["actions"] = (
            25,
            n =>
                One(
                    new
                    {
                        type = "actions",
                        elements = Enumerable
                            .Range(0, n)
                            .Select(i => new
                            {
                                type = "button",
                                action_id = $"a{i}",
                                text = Short,
                            }),
                    }
                )
        ),
        ["button text"] = (75, n => Action(new { type = "button", text = Plain(Text(n)) })),
        ["button value"] = (
            2000,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        value = Text(n),
                    }
                )
        ),
        ["button url"] = (
            3000,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        url = Text(n),
                    }
                )
        ),
        ["action id"] = (
            255,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        action_id = Text(n),
                    }
                )
        ),
        ["block id"] = (255, n => One(new { type = "divider", block_id = Text(n) })),
        ["options"] = (100, n => Action(Select(n, "o", "v"))),
        ["option text"] = (75, n => Action(Select(1, Text(n), "v"))),
        ["option value"] = (75, n => Action(Select(1, "o", Text(n)))),
        ["overflow options"] = (
            5,
            n => Action(new { type = "overflow", options = Many(n, new { text = Short, value = "v" }) })
        ),
        ["placeholder"] = (150, n => Action(new { type = "users_select", placeholder = Plain(Text(n)) })),
        ["confirm title"] = (
            100,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        confirm = new { title = Plain(Text(n)), text = Short },
                    }
                )
        ),
        ["confirm text"] = (
            300,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        confirm = new { text = Mrkdwn(Text(n)) },
                    }
                )
        ),
        ["confirm button"] = (
            30,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        confirm = new { text = Short, confirm = Plain(Text(n)) },
                    }
                )
        ),
        ["deny button"] = (
            30,
            n =>
                Action(
                    new
                    {
                        type = "button",
                        text = Short,
                        confirm = new { text = Short, deny = Plain(Text(n)) },
                    }
                )
        ),
        ["table rows"] = (
            100,
            n => One(new { type = "table", rows = Many(n, One(new { type = "raw_text", text = "c" })) })
        ),
        ["table columns"] = (
            20,
            n => One(new { type = "table", rows = One(Many(n, new { type = "raw_text", text = "c" })) })
        ),
        ["markdown of all blocks"] = (
            12_000,
            n =>
                new[]
                {
                    new { type = "markdown", text = Text(6_000) },
                    new { type = "markdown", text = Text(n - 6_000) },
                }
        ),
        ["cells of a table"] = (
            10_000,
            n =>
                One(
                    new
                    {
                        type = "table",
                        rows = new[]
                        {
                            One(new { type = "raw_text", text = Text(6_000) }),
                            One(new { type = "raw_text", text = Text(n - 6_000) }),
                        },
                    }
                )
        ),
        ["plan tasks"] = (50, n => One(Plan(Enumerable.Range(1, n).Select(i => Task($"{i}", "t"))))),
        ["plan title"] = (
            256,
            n =>
                One(
                    new
                    {
                        type = "plan",
                        title = Text(n),
                        tasks = One(Task("1", "t")),
                    }
                )
        ),
        ["task title"] = (256, n => One(Plan([Task("1", Text(n))]))),
        ["plans"] = (1, n => Many(n, Plan([Task("1", "t")]))),
        ["tables"] = (1, n => Many(n, new { type = "table", rows = One(One(new { type = "raw_text", text = "c" })) })),
        ["context text"] = (2000, n => One(new { type = "context", elements = One(Plain(Text(n))) })),
        ["image url"] = (
            3000,
            n =>
                One(
                    new
                    {
                        type = "image",
                        image_url = Text(n),
                        alt_text = "a",
                    }
                )
        ),
    };

    private static readonly Dictionary<string, (int Most, Func<int, object> Build)> Views = new()
    {
        ["blocks"] = (100, n => Modal("t", Many(n, Line))),
        ["title"] = (24, n => Modal(Text(n), One(Line))),
        ["submit"] = (24, n => Modal("t", One(Line), Plain(Text(n)))),
        ["callback id"] = (255, n => Modal("t", One(Line), callback: Text(n))),
        ["private metadata"] = (3000, n => Modal("t", One(Line), metadata: Text(n))),
    };

    public static TheoryData<string> OfMessages => [.. Messages.Keys];

    public static TheoryData<string> OfViews => [.. Views.Keys];

    [Theory]
    [MemberData(nameof(OfMessages))]
    public async Task A_limit_of_a_message_holds_and_one_more_is_refused(string limit)
    {
        var (most, build) = Messages[limit];

        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "chat.postMessage",
                new
                {
                    channel = Team.OpsChannel,
                    text = "t",
                    blocks = build(most),
                }
            )
        );
        var refused = await house.CallAsync(
            "chat.postMessage",
            new
            {
                channel = Team.OpsChannel,
                text = "t",
                blocks = build(most + 1),
            }
        );

        Assert.Equal("invalid_blocks", refused.GetProperty("error").GetString());
        Assert.Contains(
            "[json-pointer:/blocks",
            refused.GetProperty("response_metadata").GetProperty("messages")[0].GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(OfViews))]
    public async Task A_limit_of_a_view_holds_and_one_more_is_refused(string limit)
    {
        var (most, build) = Views[limit];

        // Nobody did anything, so only what is judged before the trigger is refused for its content.
        Assert.Equal(
            "invalid_trigger_id",
            await house.ErrorAsync("views.open", new { trigger_id = "1.1.1", view = build(most) })
        );
        Assert.Equal(
            "invalid_arguments",
            await house.ErrorAsync("views.open", new { trigger_id = "1.1.1", view = build(most + 1) })
        );
    }

    [Theory]
    [InlineData("chat.postMessage", 40_000)]
    [InlineData("chat.postEphemeral", 40_000)]
    public async Task A_text_has_its_length_too(string method, int most)
    {
        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                method,
                new
                {
                    channel = Team.OpsChannel,
                    user = SlackHouse.Lin,
                    text = Text(most),
                }
            )
        );
        Assert.Equal(
            "msg_too_long",
            await house.ErrorAsync(
                method,
                new
                {
                    channel = Team.OpsChannel,
                    user = SlackHouse.Lin,
                    text = Text(most + 1),
                }
            )
        );
    }

    [Theory]
    [InlineData("""[{"type":"section"}]""")]
    [InlineData("""[{"type":"shout","text":"x"}]""")]
    [InlineData("""[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]""")]
    [InlineData("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""")]
    [InlineData("""[{"type":"actions","elements":[]}]""")]
    [InlineData(
        """[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"style":"loud"}]}]"""
    )]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":""}}]""")]
    [InlineData("""[{"type":"image","image_url":"https://x.example/a.png"}]""")]
    [InlineData("""[{"type":"table","rows":[[{"type":"raw_text","text":""}]]}]""")]
    [InlineData("""[{"type":"alert","text":{"type":"plain_text","text":"only in modals"}}]""")]
    [InlineData("""[{"type":"plan","title":{"type":"plain_text","text":"no bare string"}}]""")]
    [InlineData("""[{"type":"plan","title":"t","tasks":[{"task_id":"1","title":"a","status":"skipped"}]}]""")]
    [InlineData("""[{"type":"plan","title":"t","tasks":[{"task_id":"1","title":"a"},{"task_id":"1","title":"b"}]}]""")]
    [InlineData("""[{"type":"plan","title":"t","tasks":[{"task_id":"1","title":"a","details":{"type":"section"}}]}]""")]
    [InlineData("""[{"type":"table","rows":[[{"type":"raw_number","value":4,"text":"4"}]]}]""")]
    public async Task Blocks_that_are_none_are_refused(string blocks) =>
        Assert.Equal(
            "invalid_blocks",
            await house.ErrorAsync(
                "chat.postMessage",
                new
                {
                    channel = Team.OpsChannel,
                    text = "t",
                    blocks = JsonNode.Parse(blocks),
                }
            )
        );

    [Theory]
    [InlineData("markdown", "modal", false)]
    [InlineData("markdown", "home", false)]
    [InlineData("table", "modal", false)]
    [InlineData("table", "home", true)]
    public async Task A_kind_of_block_has_its_places(string kind, string surface, bool taken)
    {
        object block =
            kind == "table"
                ? new { type = kind, rows = One(One(new { type = "raw_text", text = "c" })) }
                : new { type = kind, text = "m" };
        var (method, view) =
            surface == "home"
                ? ("views.publish", new { type = surface, blocks = One(block) })
                : ("views.open", Modal("t", One(block)));
        var answer = await house.CallAsync(
            method,
            new
            {
                user_id = SlackHouse.Lin,
                trigger_id = "1.1.1",
                view,
            }
        );

        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "chat.postMessage",
                new
                {
                    channel = Team.OpsChannel,
                    text = "t",
                    blocks = One(block),
                }
            )
        );
        Assert.Equal(taken, answer.GetProperty("ok").GetBoolean());
        if (!taken)
        {
            Assert.Equal("invalid_arguments", answer.GetProperty("error").GetString());
            Assert.Contains(
                "[json-pointer:/view/blocks/0/type]",
                answer.GetProperty("response_metadata").GetProperty("messages")[0].GetString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Blocks_that_are_no_list_have_an_error_of_their_own() =>
        Assert.Equal(
            "invalid_blocks_format",
            await house.ErrorAsync(
                "chat.postMessage",
                new
                {
                    channel = Team.OpsChannel,
                    text = "t",
                    blocks = new { type = "divider" },
                }
            )
        );

    [Fact]
    public async Task A_form_carries_blocks_as_JSON_text()
    {
        var answer = await house.FormAsync(
            "chat.postMessage",
            ("channel", Team.OpsChannel),
            ("text", "t"),
            ("blocks", JsonSerializer.Serialize(One(Line)))
        );

        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
    }

    private static string Text(int n) => string.Concat(Enumerable.Repeat("🚦", n));

    private static object Plan(IEnumerable<object> tasks) =>
        new
        {
            type = "plan",
            title = "t",
            tasks,
        };

    private static object Task(string id, string title) =>
        new
        {
            task_id = id,
            title,
            status = "complete",
        };

    private static object Plain(string text) => new { type = "plain_text", text };

    private static object Mrkdwn(string text) => new { type = "mrkdwn", text };

    private static object[] One(object item) => [item];

    private static object[] Many(int n, object item) => [.. Enumerable.Repeat(item, n)];

    private static object[] Action(object element) => One(new { type = "actions", elements = One(element) });

    private static object Select(int n, string text, string value) =>
        new { type = "static_select", options = Many(n, new { text = Plain(text), value }) };

    private static object Modal(
        string title,
        object[] blocks,
        object? submit = null,
        string? callback = null,
        string? metadata = null
    ) =>
        new
        {
            type = "modal",
            title = Plain(title),
            blocks,
            submit,
            callback_id = callback,
            private_metadata = metadata,
        };
}
