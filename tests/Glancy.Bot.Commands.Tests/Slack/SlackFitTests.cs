using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Slack;
using Glancy.Runbook.Masking;
using Glancy.Slack.Blocks;
using PageBlock = Glancy.Bot.Commands.Pages.Block;

namespace Glancy.Bot.Commands.Tests.Slack;

/// <summary>
/// What is too long for Slack loses its middle, and never what says it in a sentence nor what can be pressed.
/// </summary>
public class SlackFitTests
{
    private const string Accept = "glancy handover accept";
    private static readonly PageBlock Pressed = new PageBlock.Actions([
        new NextStep("See", "glancy handover show"),
        new NextStep("Accept", Accept, Changes: true),
    ]);

    private static PageMask Mask =>
        new(new Masker(RunbookOnDisk.Content.Masking, null, new HashSet<string>()), new HashSet<string>());

    // As a handover with many changes has them: each a paragraph, and the buttons at the end.
    private static Page Long(int paragraphs) =>
        new(
            "The night is handed over",
            [.. Enumerable.Range(0, paragraphs).Select(i => new PageBlock.Paragraph($"p{i}")), Pressed]
        )
        {
            Foot = "Times are Shanghai's",
            Whole = "glancy handover show --at 2025-04-18T18:00",
        };

    private static List<string?> Values(SlackShown shown) =>
        [.. shown.Blocks.OfType<ActionsBlock>().SelectMany(row => row.Elements).OfType<Button>().Select(b => b.Value)];

    private static string First(SlackShown shown) =>
        shown.Blocks[0] switch
        {
            HeaderBlock header => header.Text.Text,
            SectionBlock section => section.Text?.Text ?? "",
            _ => "",
        };

    private static string Context(Glancy.Slack.Blocks.Block block) =>
        Assert.IsType<Mrkdwn>(Assert.IsType<ContextBlock>(block).Elements[0]).Text;

    [Theory]
    [InlineData(43)]
    [InlineData(46)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(120)]
    public void A_card_keeps_its_sentence_its_buttons_and_its_small_print_whatever_stands_around_it(int paragraphs)
    {
        var names = RunbookOnDisk.In(Golden.En);
        var card = new NoticeCard(Long(paragraphs), [RunbookOnDisk.Content.People["lin"]]);

        var shown = SlackNotice.Card(card, new Uri("https://glancy.slack.com/archives/C1/p1"), names, Mask);
        shown = SlackNotice.Continued(shown, null, names.Words);

        Assert.InRange(shown.Blocks.Count, 1, Limits.MessageBlocks - 1);
        Assert.Contains("<@ULIN00000>\n*The night is handed over*", First(shown), StringComparison.Ordinal);
        Assert.Equal(["glancy handover show", Accept], Values(shown));
        Assert.Contains(
            shown.Blocks,
            b => b is ContextBlock && Context(b).Contains("Times are Shanghai's", StringComparison.Ordinal)
        );
        Assert.Contains("archives/C1/p1", Context(shown.Blocks[^2]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_said_where_it_is_missing_with_what_shows_it_in_a_terminal()
    {
        var shown = SlackPage.Render(Long(120), [], Golden.En);

        var said = Assert.Single(
            shown.Blocks,
            b => b is ContextBlock && Context(b).Contains("more parts", StringComparison.Ordinal)
        );
        var gone = 123 - (shown.Blocks.Count - 1);
        Assert.Equal(
            $"{gone} more parts are not shown here; in the terminal this shows all of it: `glancy handover show --at "
                + $"2025-04-18T18:00`",
            Context(said)
        );
        var at = shown.Blocks.ToList().IndexOf(said);
        Assert.IsType<SectionBlock>(shown.Blocks[at - 1]);
        Assert.IsType<ActionsBlock>(shown.Blocks[at + 1]);
        Assert.Contains("You can: Accept", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_were_said_on_the_way_do_not_push_the_sentence_out()
    {
        var shown = SlackPage.Render(
            Long(3),
            [.. Enumerable.Range(0, 70).Select(i => (Text)new string('w', 2_800))],
            Golden.En
        );

        Assert.Contains(shown.Blocks, b => b is HeaderBlock { Text.Text: "The night is handed over" });
        Assert.Equal(["glancy handover show", Accept], Values(shown));
    }

    [Fact]
    public void A_Home_keeps_its_buttons_too()
    {
        var shown = SlackPage.Render(Long(150), [], Golden.En, Limits.ViewBlocks);

        Assert.Equal(Limits.ViewBlocks, new Glancy.Slack.Blocks.HomeView(shown.Blocks).Blocks.Count);
        Assert.Equal(["glancy handover show", Accept], Values(shown));
    }

    [Fact]
    public void A_notice_in_words_keeps_its_buttons_too()
    {
        var page = new Page(
            "Somebody is called",
            [.. Enumerable.Range(0, 60).Select(i => new PageBlock.Paragraph($"p{i}")), Pressed]
        );

        var shown = SlackPage.Sentence(page, Golden.En);

        Assert.Equal("Somebody is called", First(shown));
        Assert.Equal(["glancy handover show", Accept], Values(shown));
    }

    [Fact]
    public void More_buttons_than_a_row_takes_go_on_in_another()
    {
        var steps = Enumerable.Range(0, 60).Select(i => new NextStep($"Show {i}", $"glancy run show R-{i}")).ToList();

        var shown = SlackPage.Render(new Page("t", [new PageBlock.Actions(steps)]), [], Golden.En);

        Assert.Equal([25, 25, 10], shown.Blocks.OfType<ActionsBlock>().Select(row => row.Elements.Count));
        Assert.Equal(
            60,
            shown
                .Blocks.OfType<ActionsBlock>()
                .SelectMany(row => row.Elements)
                .OfType<Button>()
                .Select(b => b.ActionId)
                .Distinct()
                .Count()
        );
        Assert.Equal(steps.Select(s => s.Command), Values(shown));
    }

    [Fact]
    public void Of_more_rows_of_buttons_than_fit_those_stay_that_change_something()
    {
        var page = new Page(
            "t",
            [
                .. Enumerable
                    .Range(0, 70)
                    .SelectMany(i =>
                        (PageBlock[])
                            [
                                new PageBlock.Paragraph($"p{i}"),
                                new PageBlock.Actions([new NextStep($"Show {i}", $"glancy run show R-{i}")]),
                            ]
                    ),
                Pressed,
            ]
        );

        var shown = SlackPage.Render(page, [], Golden.En);

        Assert.Contains(Accept, Values(shown));
        Assert.Contains("glancy run show R-0", Values(shown));
        Assert.Equal("t", First(shown));
        Assert.InRange(shown.Blocks.Count, 1, Limits.MessageBlocks);
    }

    [Theory]
    [InlineData(2_700)]
    [InlineData(2_899)]
    [InlineData(9_000)]
    public void A_sentence_too_long_to_stand_beside_the_names_is_begun_there_and_keeps_its_buttons(int length)
    {
        var card = new NoticeCard(new Page(new string('s', length), [Pressed]), [RunbookOnDisk.Content.People["lin"]]);

        var shown = SlackNotice.Card(card, null, RunbookOnDisk.In(Golden.En), Mask);

        Assert.Contains("<@ULIN00000>\nsssss", First(shown), StringComparison.Ordinal);
        Assert.InRange(Limits.Length(First(shown)), 1, Limits.SectionText);
        Assert.Contains(Accept, Values(shown));
    }

    [Fact]
    public void A_form_for_every_command_that_has_blanks_is_within_what_a_view_takes()
    {
        var blanks = Golden
            .Book.All.Select(c => c.Spec)
            .SelectMany(spec =>
                (string[])
                    [
                        $"glancy {spec.Verbs} {string.Join(' ', spec.Arguments.Select(a => $"<{a.Name}>"))}"
                            + string.Concat(
                                spec.Options.Where(o => o.Kind is not null).Select(o => $" --{o.Name} ...")
                            ),
                    ]
            );

        foreach (
            var view in blanks
                .Select(b => CommandForm.View(new AskedForm(b, "C1", null), Golden.Book, Golden.Zh))
                .OfType<ModalView>()
        )
        {
            Assert.InRange(view.Blocks.Count, 2, Limits.ViewBlocks);
            Assert.NotNull(view.Submit);
        }
    }
}
