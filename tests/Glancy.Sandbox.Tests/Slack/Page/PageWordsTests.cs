using System.Reflection;
using Glancy.Sandbox.Slack.Page;

namespace Glancy.Sandbox.Tests.Slack.Page;

public sealed class PageWordsTests
{
    [Fact]
    public void Every_word_is_there_in_both_languages()
    {
        foreach (
            var word in typeof(PageWords)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.PropertyType == typeof(string) && p.Name != nameof(PageWords.Language))
        )
        {
            var (chinese, english) = (
                (string?)word.GetValue(new PageWords(true)),
                (string?)word.GetValue(PageWords.English)
            );

            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", chinese);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", english);
            Assert.NotEqual("", english);
        }
    }

    [Theory]
    [InlineData(true, "09:20")]
    [InlineData(false, "9:20 AM")]
    public void Times_are_Shanghais_in_the_readers_way(bool chinese, string shown) =>
        Assert.Equal(shown, ShanghaiTime.Clock(Drawing.Morning, new PageWords(chinese)));

    [Theory]
    [InlineData(true, "{date_long} {time_secs}", "2025年4月18日 星期五 09:20:00")]
    [InlineData(false, "on {date_short} at {time}", "on Apr 18, 2025 at 9:20 AM")]
    [InlineData(false, "{ago}", "fallback")]
    public void Dates_follow_Slacks_tokens(bool chinese, string format, string shown) =>
        Assert.Equal(shown, ShanghaiTime.Fill(format, Drawing.Morning, "fallback", new PageWords(chinese)));
}
