using System.Net;
using Glancy.Sandbox.Slack.Page.Spans;

namespace Glancy.Sandbox.Tests.Slack.Page.Spans;

public sealed class MrkdwnReaderTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("*bold* _italic_ ~strike~", "<strong>bold</strong> <em>italic</em> <s>strike</s>")]
    [InlineData("*bold with _italic_ in it*", "<strong>bold with <em>italic</em> in it</strong>")]
    [InlineData("（*粗*）", "（<strong>粗</strong>）")]
    [InlineData("snake_case_name and 2*3*4", "snake_case_name and 2*3*4")]
    [InlineData("* no list * and ** nothing", "* no list * and ** nothing")]
    [InlineData("`a *b* _c_`", "<code>a *b* _c_</code>")]
    [InlineData("*bold `*` still*", "<strong>bold <code>*</code> still</strong>")]
    [InlineData("``", "``")]
    [InlineData("one\ntwo", "one<br />two")]
    [InlineData("      indented", "      indented")]
    [InlineData("```\nx *y*\n  z\n```", "<pre>x *y*\n  z</pre>")]
    [InlineData("before\n```x```\nafter", "before<pre>x</pre>after")]
    [InlineData("```never closed", "```never closed")]
    [InlineData("&gt; said\n&gt; more\nafter", "<blockquote>said<br />more</blockquote>after")]
    [InlineData("> said", "<blockquote>said</blockquote>")]
    [InlineData("a &gt; b", "a > b")]
    [InlineData("&lt;!channel&gt;", "<!channel>")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData(":red_circle: :nobody_knows: 09:20:30", "🔴 :nobody_knows: 09:20:30")]
    [InlineData(
        "<@ULIN00000> <@UNOBODY00|somebody> <@UNOBODY00>",
        """<span class="mention mention-me">@林晓</span> <span class="mention">@somebody</span> """
            + """<span class="mention">@UNOBODY00</span>"""
    )]
    [InlineData(
        "<#C0GLANCYOPS> <#C1|other>",
        """<span class="mention">#glancy-ops</span> <span class="mention">#other</span>"""
    )]
    [InlineData(
        "<!here> <!subteam^S0ONCALL>",
        """<span class="mention mention-me">@here</span> <span class="mention mention-me">@oncall</span>"""
    )]
    [InlineData(
        "<https://a.example/?x=1&amp;y=2|the *page*>",
        """<a href="https://a.example/?x=1&y=2" target="_blank" rel="noopener noreferrer">the *page*</a>"""
    )]
    [InlineData(
        "<tel:+8613800000000>",
        """<a href="tel:+8613800000000" target="_blank" rel="noopener noreferrer">+8613800000000</a>"""
    )]
    [InlineData("<javascript:alert(1)|click>", "<javascript:alert(1)|click>")]
    [InlineData("<data:text/html,x>", "<data:text/html,x>")]
    [InlineData("<b>x</b> a < b", "<b>x</b> a < b")]
    [InlineData(
        "<!date^1744939200^{date_num} {time}|then>",
        """<time datetime="2025-04-18T09:20:00+08:00">2025-04-18 09:20</time>"""
    )]
    [InlineData("<!date^1744939200^{nonsense}|then>", """<time datetime="2025-04-18T09:20:00+08:00">then</time>""")]
    [InlineData("<!date^x^{time}|then>", "<!date^x^{time}|then>")]
    public async Task Text_becomes_spans(string text, string shown) => Assert.Equal(shown, await ShownAsync(text));

    private static async Task<string> ShownAsync(string text) =>
        WebUtility.HtmlDecode(
            await Drawing.HtmlAsync<SpanView>(new() { [nameof(SpanView.Of)] = MrkdwnReader.Read(text) })
        );
}
