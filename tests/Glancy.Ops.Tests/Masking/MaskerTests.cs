using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Masking;

namespace Glancy.Ops.Tests.Masking;

public sealed class MaskerTests
{
    private static readonly IReadOnlyList<MaskRule> Rules = RunbookFolders.Load().Masking;
    private static readonly HashSet<string> Nothing = [];
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("sixteen letters!");

    [Theory]
    [InlineData("u_8f3a2b asked u_77aa01", "[user] asked [user]")]
    [InlineData("GET /api/v1/lookup?word=depression&lang=en 500", "GET /api/v1/lookup?word=[word]&lang=en 500")]
    [InlineData("13812345678,13912345678", "[phone],[phone]")]
    [InlineData("用户13812345678投诉", "用户[phone]投诉")]
    [InlineData("Authorization: Bearer 8f3a9c1d22", "Authorization: Bearer [secret]")]
    [InlineData(
        "postgresql://export:hunter2@primary.db.internal/exports",
        "postgresql://export:[secret]@primary.db.internal/exports"
    )]
    [InlineData("\u001b[31mu_8f3a2b\u001b[0m", "\u001b[31m[user]\u001b[0m")]
    [InlineData("\u241b[31m13812345678\u241b[0m", "\u241b[31m[phone]\u241b[0m")]
    [InlineData("nothing of anybody", "nothing of anybody")]
    public void What_is_personal_is_replaced_and_its_surroundings_stay(string text, string shown) =>
        Assert.Equal(shown, Shown(text, null));

    [Fact]
    public void With_a_key_two_mentions_of_one_user_can_be_recognised_and_no_value_be_told()
    {
        var shown = Shown("u_8f3a2b, u_77aa01, u_8f3a2b", Key).Split(", ");

        Assert.All(shown, tag => Assert.Matches("^user-[0-9a-f]{4}$", tag));
        Assert.Equal(shown[0], shown[2]);
        Assert.NotEqual(shown[0], shown[1]);
        Assert.NotEqual(shown[0], Shown("u_8f3a2b", Encoding.UTF8.GetBytes("another key of 16")));
        Assert.Equal("password=[secret]", Shown("password=hunter2", Key));
    }

    [Fact]
    public void Secrets_are_revealed_to_nobody()
    {
        var everything = Rules.Select(r => r.Id).ToHashSet();
        var masked = new Masker(Rules, null, Nothing).Mask("password=hunter2 u_8f3a2b Bearer 8f3a9c1d22", everything);

        Assert.Equal(
            "password=[secret] u_8f3a2b Bearer [secret]",
            masked.In("password=hunter2 u_8f3a2b Bearer 8f3a9c1d22")
        );
        Assert.Equal(["user-id"], masked.Revealed);
        Assert.Equal(
            [
                "private-key",
                "private-key-body",
                "authorization",
                "bearer",
                "signed-request",
                "cookie",
                "password",
                "marked-up",
                "password-said",
                "option",
                "command-line",
                "database-word",
                "connection",
                "account-line",
                "query-key",
                "web-hook",
                "jwt",
                "token-slack",
                "token-code",
                "token-cloud",
                "token-service",
                "card",
            ],
            Rules.Where(r => r.Reveal.Count == 0).Select(r => r.Id)
        );
    }

    [Fact]
    public void What_a_secret_covers_is_not_revealed_by_another_rule()
    {
        const string Text = "password=a@mail.qq.com";
        var masked = new Masker(Rules, null, Nothing).Mask(Text, new HashSet<string> { "e-mail" });

        Assert.Equal(("password=[secret]", 0), (masked.In(Text), masked.Revealed.Count));
    }

    [Fact]
    public void The_phones_of_people_on_call_are_ours() =>
        Assert.Equal(
            "call +8613812345678 or [phone]",
            new Masker(Rules, null, new HashSet<string> { "+8613812345678" })
                .Mask("call +8613812345678 or +8613912345678", Nothing)
                .In("call +8613812345678 or +8613912345678")
        );

    [Fact]
    public void A_text_on_which_a_rule_works_too_long_is_withheld_whole()
    {
        // A back reference keeps the non-backtracking engine away, and this pattern doubles its work with each letter.
        var slow = new MaskRule("slow", "x", false, @"^((a+)+)+\2$", null, ["primary"], "2.4");
        var text = new string('a', 40) + "! u_8f3a2b";
        var watch = Stopwatch.StartNew();

        var masked = new Masker([.. Rules, slow], null, Nothing).Mask(text, new HashSet<string> { "slow", "user-id" });

        Assert.Equal("[withheld: slow]", masked.In(text));
        Assert.Empty(masked.Revealed);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_some_rules_find_nothing_in_is_looked_through_by_others_and_by_the_same_for_others()
    {
        const string Text = "ticket 4711";
        Assert.Equal(Text, new Masker(Rules, null, Nothing).Mask(Text, Nothing).In(Text));
        var ticket = new MaskRule("ticket", "ticket", false, "ticket [0-9]{4}", null, ["primary"], "2.4");
        Assert.Equal("[ticket]", new Masker([.. Rules, ticket], null, Nothing).Mask(Text, Nothing).In(Text));

        const string Phone = "+8613812345678";
        Assert.Equal(Phone, new Masker(Rules, null, new HashSet<string> { Phone }).Mask(Phone, Nothing).In(Phone));
        Assert.NotEqual(Phone, new Masker(Rules, null, Nothing).Mask(Phone, Nothing).In(Phone));
        Assert.Single(new Masker(Rules, null, Nothing).Mask("u_8f3a2b", new HashSet<string> { "user-id" }).Revealed);
        Assert.Equal("[user]", new Masker(Rules, null, Nothing).Mask("u_8f3a2b", Nothing).In("u_8f3a2b"));
    }

    [Fact]
    public void However_many_texts_were_clean_the_next_is_masked_and_the_first_is_still_clean()
    {
        var masker = new Masker(Rules, null, Nothing);
        for (var i = 0; i < 10_000; i++)
        {
            var text = $"line {i:x} of a log";
            Assert.Equal(text, masker.Mask(text, Nothing).In(text));
        }

        Assert.Equal("password=[secret]", masker.Mask("password=hunter2", Nothing).In("password=hunter2"));
        Assert.Empty(masker.Mask("line 0 of a log", Nothing).Places);
    }

    [Fact]
    public void The_moment_of_the_quick_engine_is_for_a_text_and_not_for_each_match()
    {
        var expression = MaskExpression.Of("u_[0-9a-f]{6}");
        var longAgo = Stopwatch.GetTimestamp() - Stopwatch.Frequency;

        Assert.Throws<RegexMatchTimeoutException>(() => MaskExpression.Mind(expression.Quick, longAgo, "text"));
        MaskExpression.Mind(expression.Quick, Stopwatch.GetTimestamp(), "text");
        MaskExpression.Mind(expression.Linear, longAgo, "text");
    }

    [Fact]
    public void A_stored_rule_that_this_build_cannot_read_withholds_the_text()
    {
        var broken = new MaskRule("broken", "x", false, "(", null, ["primary"], "2.4");

        Assert.Equal(
            "[withheld: broken]",
            new Masker([broken], null, Nothing).Mask("u_8f3a2b", Nothing).In("u_8f3a2b")
        );
    }

    [Fact]
    public void The_shipped_rules_never_backtrack_and_a_long_log_is_no_burden()
    {
        foreach (var rule in Rules)
        {
            var linear = MaskExpression.Of(rule.Pattern).Linear;
            Assert.True(linear.Options.HasFlag(RegexOptions.NonBacktracking), rule.Id);
            Assert.Equal(MaskExpression.Patience, linear.MatchTimeout);
        }

        var log = string.Concat(
            Enumerable.Repeat("10.2.0.4 GET /api/v1/lookup?word=depression 500 u_8f3a2b 13812345678\n", 300)
        );

        var shown = Shown(log, null);

        Assert.DoesNotContain("withheld", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("u_8f3a2b", shown, StringComparison.Ordinal);
        Assert.Equal(300, shown.Split("[phone]").Length - 1);
    }

    [Fact]
    public void Whatever_stands_around_a_value_it_is_masked()
    {
        var random = new Random(20250418);
        string[] around = ["", " ", "，", "（", "\"", "'", "=", ":", "[", "\n", "\t", "查", "<", "/", "|", ";", ","];
        string[] values =
        [
            "u_8f3a2b",
            "13812345678",
            "+8613812345678",
            "a.b@mail.qq.com",
            "4111111111111111",
            "203.0.113.7",
        ];
        for (var i = 0; i < 2000; i++)
        {
            var value = values[random.Next(values.Length)];
            var text = around[random.Next(around.Length)] + value + around[random.Next(around.Length)];
            Assert.DoesNotContain(value, Shown(text, null), StringComparison.Ordinal);
        }
    }

    private static string Shown(string text, byte[]? key) =>
        new Masker(Rules, key, Nothing).Mask(text, Nothing).In(text);
}
