using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Slack;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Tests.Slack;

public class CommandFormTests
{
    private const string Abort = "glancy run abort R-17 --reason ...";

    [Fact]
    public void It_asks_for_each_blank_by_its_name() =>
        Golden.CheckForm(
            "ask-abort",
            words =>
                CommandForm.View(new AskedForm(Abort, "C1", new Uri("https://hooks.slack.com/x")), Golden.Book, words)
        );

    [Fact]
    public void A_form_that_did_not_open_is_replaced_by_words_to_type() =>
        Golden.CheckSlack("ask-typed", words => new SlackShown(CommandForm.Typed(Abort, words), []));

    [Fact]
    public void A_command_without_blanks_is_not_asked_for() =>
        Assert.Null(CommandForm.View(new AskedForm("glancy hk", "C1", null), Golden.Book, Golden.En));

    [Fact]
    public void A_form_of_what_only_drafts_says_so_and_its_button_drafts() =>
        Golden.CheckForm(
            "ask-draft",
            words =>
                CommandForm.View(
                    new AskedForm("glancy sop draft exports-workers --reason ...", "C1", null),
                    Golden.Book,
                    words
                )
        );

    [Fact]
    public void Every_command_that_can_lack_something_has_a_name_for_its_form_that_fits_uncut() =>
        Assert.All(
            Golden
                .Book.All.Select(c => c.Spec)
                .Where(s =>
                    s.Options.Any(o => o.Kind is not null) || s.Arguments.Count > 0 || s.Verbs == "run confirm"
                ),
            spec =>
            {
                Assert.InRange(Limits.Length(spec.Deed(Golden.Zh).Plain), 1, Limits.ViewTitle);
                Assert.InRange(Limits.Length(spec.Deed(Golden.En).Plain), 1, Limits.ViewTitle);
                Assert.DoesNotContain(
                    "[",
                    spec.Deed(Golden.Zh).Plain + spec.Deed(Golden.En).Plain,
                    StringComparison.Ordinal
                );
            }
        );

    [Theory]
    [InlineData("the script hangs")]
    [InlineData("--break-glass")]
    [InlineData("“引号” and \"quotes\" \\")]
    [InlineData("two\nlines")]
    [InlineData("...")]
    public void What_is_filled_in_stays_one_value(string value)
    {
        var argv = CommandForm.Fill(Argv.Split("run abort R-17 --reason ...") ?? [], _ => value);

        var read = Assert.IsType<Reading.Understood>(Golden.Grammar.Read(argv));
        Assert.Equal("run abort", read.Command.Spec.Verbs);
        Assert.Equal(value.Replace('\n', ' ').Trim(), read.Values.Find("reason"));
    }

    [Fact]
    public void It_asks_for_a_value_without_an_option_too() =>
        Golden.CheckForm(
            "ask-give",
            words =>
                CommandForm.View(
                    new AskedForm("glancy roster give dba <person> --until 2025-04-21T07:00 --reason ...", "C1", null),
                    Golden.Book,
                    words
                )
        );

    [Theory]
    [InlineData("look at the queue at 23:00", "look at the queue at 23:00")]
    [InlineData("--outcome=x", "outcome=x")]
    [InlineData("—— “引号” --json", "“引号” --json")]
    public void What_is_filled_in_without_an_option_becomes_none(string typed, string value)
    {
        var argv = CommandForm.Fill(Argv.Split("handover add <follow-up>") ?? [], _ => typed);

        var read = Assert.IsType<Reading.Understood>(Golden.Grammar.Read(argv));
        Assert.Equal("handover add", read.Command.Spec.Verbs);
        Assert.False(read.OutputOptions.Json);
        Assert.Equal(value, string.Join(' ', read.Values.All("follow-up")));
    }
}
