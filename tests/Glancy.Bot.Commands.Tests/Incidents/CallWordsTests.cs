using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Incidents;

namespace Glancy.Bot.Commands.Tests.Incidents;

public class CallWordsTests
{
    private static readonly Uri Link = new("https://glancy.example/ack/" + new string('a', 64));

    private static readonly Incident Told = World.Sev1 with { Title = "查词全挂，13812345678 报障" };

    private static CallWords Words { get; } = new(Golden.Phrasebooks, Unrecorded.Revealing());

    [Theory]
    [InlineData("lin", "zh-CN")]
    [InlineData("olga", "en-US")]
    public void Who_is_called_reads_it_in_their_own_language(string person, string language)
    {
        var texts = new Uri?[] { Link, null }.Select(link =>
            Words.Of(Told, RunbookOnDisk.Content.People[person], World.Now, link)
        );

        Golden.CheckText($"call.{language}.txt", string.Join("\n\n", texts));
    }

    [Fact]
    public void Personal_data_in_a_title_does_not_leave_with_a_call()
    {
        var said = Words.Summary(Told) + Words.Of(Told, RunbookOnDisk.Content.People["olga"], World.Now, Link);

        Assert.DoesNotContain("13812345678", said, StringComparison.Ordinal);
        Assert.Contains("查词全挂", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_behind_the_link_has_one_sentence_and_one_button_and_escapes_what_is_from_outside()
    {
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            Golden.CheckText(
                $"ack.{words.Culture.Name}.txt",
                AckPage.Ask("INC-2025-0418-01", "Sev-1", "<b>林晓</b>", words)
                    + "\n"
                    + AckPage.Say(words["ack.over"], words)
                    + "\n"
            );
        }
    }
}
