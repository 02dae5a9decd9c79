using Glancy.Sandbox.Production;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Slack.Page.Panel;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// Whoever reads Chinese reads nothing else in the client and in the drawer, and the other way round.
/// </summary>
public sealed class ClientWordsTests
{
    [Fact]
    public void A_person_reads_the_language_of_their_locale()
    {
        var english = new Person("UENGLISH0", "ann", "Ann", "en-US");
        Assert.False(english.ReadsChinese);
        Assert.True((english with { Locale = "zh-CN" }).ReadsChinese);
        Assert.Equal("set the channel topic: red", new PageWords(false).TopicSet("red"));
        Assert.Equal("设置了频道主题：red", new PageWords(true).TopicSet("red"));
    }

    [Fact]
    public void Every_fault_has_words_in_both_languages()
    {
        Assert.All(
            Faults.Catalogue,
            fault =>
            {
                var words = Faults.InChinese(fault.Name);
                Assert.NotNull(words);
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", words.Value.Does);
                Assert.DoesNotMatch("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words.Value.Does + words.Value.Shows);

                // What a person types or looks for is the same in both.
                Assert.Equal(Typed(fault.Cure), Typed(words.Value.Cure));
            }
        );
        Assert.All(SlackTroubles.All, trouble => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", trouble.InChinese));
    }

    private static IEnumerable<string> Typed(string cure) =>
        System
            .Text.RegularExpressions.Regex.Matches(cure, "'[^']+'|glancy\\.[a-z0-9_.]+(=[a-z0-9_]+)?|§[0-9.]+[0-9]")
            .Select(m => m.Value)
            .Order(StringComparer.Ordinal);
}
