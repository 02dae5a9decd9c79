using Glancy.Slack.Blocks;

namespace Glancy.Slack.Tests.Blocks;

public sealed class SlackTextTests
{
    public static TheoryData<string> Attacks =>
        [
            "<!channel> wake up",
            "<!here|here>",
            "<!everyone>",
            "<@U0LIN>",
            "<#C0OPS>",
            "<!subteam^S0ONCALL>",
            "<https://evil.example|runbook>",
            "<mailto:a@b.c|mail>",
            "<!date^1392734382^{date}|now>",
            "a < b && c > d",
            "&lt;!channel&gt;",
            "<<!channel>>",
            "```<!channel>```",
            "`x` <!channel>",
        ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Outside_text_cannot_write_markup(string attack)
    {
        foreach (
            var text in new[]
            {
                SlackText.Escape(attack),
                Mrkdwn.Outside(attack).Text,
                SlackText.Code(attack),
                SlackText.CodeBlock(attack),
            }
        )
        {
            Assert.DoesNotContain('<', text);
            Assert.DoesNotContain('>', text);

            // And it reads as it was: what Slack shows is the attack, letter by letter.
            if (!text.Contains('`', StringComparison.Ordinal))
            {
                Assert.Equal(
                    attack,
                    text.Replace("&lt;", "<", StringComparison.Ordinal)
                        .Replace("&gt;", ">", StringComparison.Ordinal)
                        .Replace("&amp;", "&", StringComparison.Ordinal)
                );
            }
        }
    }

    [Fact]
    public void Addresses_and_names_in_our_own_markup_stay_letters() =>
        Assert.True(new Mrkdwn("https://x @here #general").Verbatim);

    [Fact]
    public void Backticks_cannot_end_a_span_or_a_block_of_code()
    {
        Assert.Equal("`a'b'c d`", SlackText.Code("a`b`c\nd"));
        Assert.Equal(2, SlackText.CodeBlock("x\n```\n*bold*").Split("```").Length - 1);
    }

    [Fact]
    public void Mentions_take_ids_only()
    {
        Assert.Equal(
            "<@U0LIN> <#C0OPS> <!subteam^S0ONCALL>",
            $"{SlackText.User("U0LIN")} {SlackText.Channel("C0OPS")} {SlackText.UserGroup("S0ONCALL")}"
        );
        Assert.Throws<ArgumentException>(() => SlackText.User("U0> <!channel"));
        Assert.Throws<ArgumentException>(() => SlackText.Channel(""));
        Assert.Throws<ArgumentException>(() => SlackText.UserGroup("S|x"));
    }

    [Fact]
    public void A_link_is_closed_to_its_label_and_its_address()
    {
        Assert.Equal(
            "<https://x/?a=1&amp;b=%7Cc%3E|a/b &lt;!channel&gt;>",
            SlackText.Link(new Uri("https://x/?a=1&b=|c>"), "a|b <!channel>")
        );
        Assert.Equal("<tel:+8613800000000|Lin>", SlackText.Link(new Uri("tel:+8613800000000"), "Lin"));
        Assert.Throws<ArgumentException>(() => SlackText.Link(new Uri("javascript:alert(1)"), "x"));
        Assert.Throws<ArgumentException>(() => SlackText.Link(new Uri("/relative", UriKind.Relative), "x"));
    }

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("😀😀😀", 2, "😀…")]
    [InlineData("红灯亮了", 3, "红灯…")]
    public void Cut_counts_code_points_and_never_halves_one(string text, int most, string cut) =>
        Assert.Equal(cut, SlackText.Cut(text, most));

    [Theory]
    [InlineData("a < b & c > d")]
    [InlineData("&lt;")]
    [InlineData("&amp;lt;")]
    public void What_was_escaped_comes_back(string text) =>
        Assert.Equal(text, SlackText.Unescape(SlackText.Escape(text)));
}
