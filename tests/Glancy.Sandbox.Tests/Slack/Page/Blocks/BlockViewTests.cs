using System.Text.Json;
using Glancy.Sandbox.Slack.Page.Blocks;

namespace Glancy.Sandbox.Tests.Slack.Page.Blocks;

public sealed class BlockViewTests
{
    [Theory]
    [InlineData(
        "header",
        """{"type":"header","block_id":"b","text":{"type":"plain_text","text":":rotating_light: 回滚草稿 R-1"}}"""
    )]
    [InlineData(
        "section",
        """
            {"type":"section","block_id":"b","text":{"type":"mrkdwn","text":"*HK-01* 红\n`7.9 %`"},
             "fields":[{"type":"mrkdwn","text":"*批次*\nREL-B5"},{"type":"plain_text","text":"*no* mark-up"}],
             "accessory":{"type":"button","action_id":"say:0","text":{"type":"plain_text","text":"看"}}}
            """
    )]
    [InlineData(
        "context",
        """
            {"type":"context","block_id":"b","elements":[{"type":"mrkdwn","text":"草稿 *09:50* 过期"},{"type":"image",
             "image_url":"https://a.example/x.png","alt_text":"x"}]}
            """
    )]
    [InlineData("divider", """{"type":"divider","block_id":"b"}""")]
    [InlineData(
        "actions",
        """
            {"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"a","style":"danger",
             "text":{"type":"plain_text","text":"确认回滚"}},{"type":"button","action_id":"b","style":"primary",
             "text":{"type":"plain_text","text":"认领"}},{"type":"static_select","action_id":"c",
             "placeholder":{"type":"plain_text","text":"级别"},"options":[{"text":{"type":"plain_text","text":"Sev-1"},
             "value":"1"}]},{"type":"users_select","action_id":"d"},{"type":"overflow","action_id":"e",
             "options":[{"text":{"type":"plain_text","text":"x"},"value":"x"}]}]}
            """
    )]
    [InlineData(
        "image",
        """
            {"type":"image","block_id":"b","image_url":"https://a.example/x.png","alt_text":"HK-01",
             "title":{"type":"plain_text","text":"最近一小时"}}
            """
    )]
    [InlineData(
        "table",
        """
            {"type":"table","block_id":"b","rows":[[{"type":"raw_text","text":"指标"},{"type":"raw_text","text":"值"}],
             [{"type":"raw_text","text":"*HK-01*"},{"type":"raw_text","text":"7.9 %"}]],"column_settings":[{},
             {"align":"right"}]}
            """
    )]
    [InlineData(
        "plan",
        """
            {"type":"plan","block_id":"b","title":"步骤","tasks":[{"task_id":"1","title":"冻结 <列车>","status":"complete",
             "details":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text",
             "text":"3 秒"}]}]}},{"task_id":"2","title":"切回","status":"error"},{"task_id":"3","title":"复核"}]}
            """
    )]
    [InlineData(
        "alert",
        """{"type":"alert","block_id":"b","level":"warning","text":{"type":"plain_text","text":"提交后立即生效。"}}"""
    )]
    [InlineData("markdown", """{"type":"markdown","block_id":"b","text":"## Head\n- **one**"}""")]
    [InlineData(
        "input",
        """
            {"type":"input","block_id":"reason","label":{"type":"plain_text","text":"理由"},
             "hint":{"type":"plain_text","text":"会记入审计"},"element":{"type":"plain_text_input","action_id":"text",
             "multiline":true,"max_length":300}}
            """
    )]
    [InlineData(
        "input-select",
        """
            {"type":"input","block_id":"sev","optional":true,"label":{"type":"plain_text","text":"级别"},
             "element":{"type":"static_select","action_id":"sev","initial_option":{"text":{"type":"plain_text",
             "text":"Sev-2"},"value":"2"},"options":[{"text":{"type":"plain_text","text":"Sev-1"},"value":"1"},
             {"text":{"type":"plain_text","text":"Sev-2"},"value":"2"}]}}
            """
    )]
    [InlineData("unknown", """{"type":"call","block_id":"b"}""")]
    public async Task Each_kind_of_block_is_drawn(string name, string json) =>
        Drawing.Check(
            name,
            await Drawing.HtmlAsync<BlockView>(
                new() { [nameof(BlockView.Block)] = JsonDocument.Parse(json).RootElement }
            )
        );

    [Fact]
    public async Task An_input_says_what_is_wrong_with_it_and_keeps_what_was_typed()
    {
        var fields = new FieldValues();
        fields.Type("reason", "text", "短");
        var surface = Drawing.SurfaceOf("ULIN00000") with
        {
            Fields = fields,
            Errors = new Dictionary<string, string> { ["reason"] = "太短" },
        };
        var block = JsonDocument
            .Parse(
                """
                {"type":"input","block_id":"reason","label":{"type":"plain_text","text":"理由"},
                 "element":{"type":"plain_text_input","action_id":"text"}}
                """
            )
            .RootElement;

        Drawing.Check(
            "input-wrong",
            await Drawing.HtmlAsync<BlockView>(new() { [nameof(BlockView.Block)] = block }, surface)
        );
    }
}
