using System.Net;
using Glancy.Sandbox.Slack.Page.Spans;

namespace Glancy.Sandbox.Tests.Slack.Page.Spans;

public sealed class MarkdownReaderTests
{
    [Theory]
    [InlineData(
        "**bold** *italic* ~~strike~~ `code`",
        "<strong>bold</strong> <em>italic</em> <s>strike</s> <code>code</code>"
    )]
    [InlineData("## Head\ntext", """<div class="md-heading">Head</div>text""")]
    [InlineData("- one\n2. two", """<div class="md-item">• one</div><div class="md-item">2. two</div>""")]
    [InlineData("```sh\nx **y**\n```\nafter", "<pre>x **y**</pre>after")]
    [InlineData("> said", "<blockquote>said</blockquote>")]
    [InlineData(
        "[page](https://a.example)",
        """<a href="https://a.example" target="_blank" rel="noopener noreferrer">page</a>"""
    )]
    [InlineData("[page](javascript:alert)", "[page](javascript:alert)")]
    public async Task Text_becomes_spans(string text, string shown) =>
        Assert.Equal(
            shown,
            WebUtility.HtmlDecode(
                await Drawing.HtmlAsync<SpanView>(new() { [nameof(SpanView.Of)] = MarkdownReader.Read(text) })
            )
        );
}
