using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Glancy.Sandbox.Slack.Page.Blocks;
using Glancy.Sandbox.Slack.Page.Spans;

namespace Glancy.Sandbox.Tests.Slack.Page.Spans;

/// <summary>Nothing a message says becomes mark-up.</summary>
public sealed partial class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "<",
        ">",
        "&",
        "\"",
        "'",
        "`",
        "```",
        "*",
        "_",
        "~",
        "|",
        "\n",
        "&gt; ",
        "&lt;",
        "&amp;lt;",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<https://a.example|",
        "<https://a.example/\"onmouseover=\"alert(1)|x>",
        "<javascript:alert(1)|x>",
        "<JaVaScRiPt:alert(1)>",
        "<data:text/html,<script>|x>",
        "[x](javascript:alert(1))",
        "[x](https://a.example\"onclick=x)",
        "<@U1|<b>>",
        "<!date^1^{time}^javascript:alert(1)|x>",
        "<!date^1^<b>|<i>>",
        "<!channel>",
        "</div>",
        "<!--",
        "]]>",
        "word",
        "\u202e",
        "\0",
        "😀",
    ];

    [Property(MaxTest = 300)]
    public Property Whatever_is_said_stays_words() =>
        Prop.ForAll(
            Gen.Elements(Pieces).NonEmptyListOf().Select(string.Concat).ToArbitrary(),
            said =>
            {
                foreach (var spans in new[] { MrkdwnReader.Read(said), MarkdownReader.Read(said) })
                {
                    AssertInert(
                        Drawing.HtmlAsync<SpanView>(new() { [nameof(SpanView.Of)] = spans }).GetAwaiter().GetResult()
                    );
                }
            }
        );

    [Theory]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"@"}}""")]
    [InlineData(
        """
            {"type":"section","text":{"type":"mrkdwn","text":"@"},"fields":[{"type":"plain_text","text":"@"}],
             "accessory":{"type":"image","image_url":"@","alt_text":"@"}}
            """
    )]
    [InlineData(
        """
            {"type":"context","elements":[{"type":"image","image_url":"javascript:alert(1)","alt_text":"@"},
             {"type":"mrkdwn","text":"@"}]}
            """
    )]
    [InlineData(
        """{"type":"image","image_url":"https://a.example/@","alt_text":"@","title":{"type":"plain_text","text":"@"}}"""
    )]
    [InlineData(
        """
            {"type":"actions","elements":[{"type":"button","action_id":"@","text":{"type":"plain_text","text":"@"},
             "accessibility_label":"@"},{"type":"static_select","action_id":"@","placeholder":{"type":"plain_text",
             "text":"@"},"options":[{"text":{"type":"plain_text","text":"@"},"value":"@"}]}]}
            """
    )]
    [InlineData(
        """
            {"type":"input","block_id":"@","label":{"type":"plain_text","text":"@"},"hint":{"type":"plain_text",
             "text":"@"},"element":{"type":"plain_text_input","action_id":"@","multiline":true,"initial_value":"@",
             "placeholder":{"type":"plain_text","text":"@"}}}
            """
    )]
    [InlineData(
        """
            {"type":"table","rows":[[{"type":"raw_text","text":"@"}],[{"type":"raw_text","text":"@"}]],
             "column_settings":[{"align":"@"}]}
            """
    )]
    [InlineData("""{"type":"@"}""")]
    public async Task A_block_with_hostile_values_stays_inert(string block)
    {
        foreach (
            var hostile in new[]
            {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</textarea><script>alert(1)</script>",
                "' onfocus=alert(1) '",
            }
        )
        {
            var json = JsonDocument
                .Parse(block.Replace("@", JsonEncodedText.Encode(hostile).ToString(), StringComparison.Ordinal))
                .RootElement;

            AssertInert(await Drawing.HtmlAsync<BlockView>(new() { [nameof(BlockView.Block)] = json }));
        }
    }

    // Every tag is one of ours with quoted attributes of ours; what is left holds no bracket.
    private static void AssertInert(string html)
    {
        Assert.DoesNotMatch(Handler(), html);
        Assert.DoesNotMatch(Script(), html);
        Assert.DoesNotContain('<', Ours().Replace(html, ""));
        Assert.DoesNotContain('>', Ours().Replace(html, ""));
    }

    [GeneratedRegex(
        """</?(strong|em|s|code|pre|blockquote|a|span|time|br|div|h3|hr|p|figure|figcaption|img|button|"""
            + """select|option|label|textarea|input|table|thead|tbody|tr|th|td)( [a-z-]+(="[^"<>]*")?)* ?/?>"""
    )]
    private static partial Regex Ours();

    [GeneratedRegex("""<[^>"]*("[^"]*"[^>"]*)* on[a-z]+=""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""(href|src)="\s*(javascript|data|vbscript):""", RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
